import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { keyInWords } from '../../words/change-words.ts';
import { timeInWords } from '../../words/ttl-words.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf, ttlChangesOf } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
import { describeCondition, meets, type StateCondition, stateCondition } from '../held.ts';
import { statesOf } from '../key-states.ts';
import { misspeltKey } from '../misspelling.ts';
import { atLeastOne, object, optional, text } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import { aboutKey } from '../trace-questions.ts';

export const states = defineKind({
  kind: 'states',
  description:
    'How a key was between the first command and the last one: after each step that left it there, after none, or after some step. A step is a command, a transaction or a call of Lua; what happened within one nobody else could see. For a key that may be gone in the end, and for what must hold all the time.',
  parameters: object(
    {
      key: text({ minLength: 1, description: "The key's name (database 0)." }),
      always: optional(stateCondition('After each step that changed the key and left it there, it is so.')),
      never: optional(stateCondition('After no step it is so.')),
      'at-some-step': optional(stateCondition('After some step it is so.')),
      last: optional(stateCondition('After the last step that changed the key and left it there, it is so.')),
    },
    atLeastOne('always', 'never', 'at-some-step', 'last'),
  ),
  example: {
    purpose:
      'For “whenever it is there it has a TTL”, and for TTLs so short that the key may be gone in the end.',
    yaml: 'key: fleet:endor\nalways: { ttl: any }\nat-some-step: { ttl: { milliseconds: 300, tolerance: 100 } }',
    mistake: 'EX where PX was meant',
    seen: { after: { 'fleet:endor': { string: '7', ttl: 300 } }, commands: ['SET fleet:endor 7 EX 300'] },
  },
  keys: ({ key }) => [key],
  judge({ key, always, never, 'at-some-step': some, last }, run) {
    requireInTrace(run, aboutKey(key));
    requireHistory(run, [key]);
    const found = [...statesOf(run, key)].flatMap(({ step, state, at }) =>
      step && state ? [{ state, at }] : [],
    );
    const fail = (when: string, condition: StateCondition, told: Told | undefined): Finding => ({
      passed: false,
      expected: `${when}, a key that ${describeCondition(condition)}`,
      actual: told ? describe(condition, told) : `no command wrote it${misspeltKey(run, key)}`,
      commands: isTtlAlone(condition) ? ttlChangesOf(run, key) : changesOf(run, key),
    });
    const meetsSome = (condition: StateCondition) =>
      found.find(({ state, at }) => meets(condition, state, at));
    const end = found.at(-1);
    if (some && !meetsSome(some)) return fail('at some time', some, end);
    const broken = always && found.find(({ state, at }) => !meets(always, state, at));
    if (always && (broken || !end)) return fail('whenever it is there', always, broken);
    if (last && !(end && meets(last, end.state, end.at))) return fail('in the end', last, end);
    const met = never && meetsSome(never);
    return never && met ? fail('never', never, met) : PASS;
  },
});

function isTtlAlone({ ttl, ...content }: StateCondition): boolean {
  return ttl !== undefined && Object.keys(content).length === 0;
}

interface Told {
  state: KeySnapshot;
  at: number;
}

/** What of a state a condition is about. */
function describe(condition: StateCondition, { state, at }: Told): string {
  const { ttl, ...content } = condition;
  const parts = [
    ...(Object.keys(content).length > 0 ? [keyInWords(state)] : []),
    ...(ttl === undefined
      ? []
      : [
          state.expireAt === null
            ? 'no TTL: the key would stay for ever'
            : `a TTL of about ${timeInWords(state.expireAt - at)}`,
        ]),
  ];
  return parts.join(', ');
}
