import { show } from '../../../base/text/printable.ts';
import type { KeySnapshot } from '../../../evidence/evidence.ts';
import { keyInWords } from '../../words/change-words.ts';
import { timeInWords } from '../../words/ttl-words.ts';
import { defineKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type Finding, PASS } from '../finding.ts';
import { describeCondition, meets, type StateCondition, stateCondition } from '../held.ts';
import { statesOf } from '../key-states.ts';
import { atLeastOne, object, optional, text } from '../parameters.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
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
    },
    atLeastOne('always', 'never', 'at-some-step'),
  ),
  example: {
    purpose:
      'For “whenever it is there it has a TTL”, and for TTLs so short that the key may be gone in the end.',
    yaml: 'key: fleet:endor\nalways: { ttl: any }\nat-some-step: { ttl: { milliseconds: 300, tolerance: 100 } }',
    mistake: 'EX where PX was meant',
    seen: { after: { 'fleet:endor': { string: '7', ttl: 300 } }, commands: ['SET fleet:endor 7 EX 300'] },
  },
  keys: ({ key }) => [key],
  judge({ key, always, never, 'at-some-step': some }, run) {
    requireInTrace(run, aboutKey(key));
    requireHistory(run, [key]);
    const found = [...statesOf(run, key)].flatMap(({ step, state, at }) =>
      step && state ? [{ state, at }] : [],
    );
    const last = found.at(-1);
    if (!last && (always || some))
      return fail(
        run,
        key,
        `${show(key)}, which ${describeCondition(some ?? always ?? {})}`,
        'no command wrote it',
      );
    const broken = always && found.find(({ state, at }) => !meets(always, state, at));
    const met = never && found.find(({ state, at }) => meets(never, state, at));
    if (some && last && !found.some(({ state, at }) => meets(some, state, at)))
      return fail(run, key, `at some time, a key that ${describeCondition(some)}`, describe(some, last));
    if (always && broken)
      return fail(
        run,
        key,
        `at all times, a key that ${describeCondition(always)}`,
        describe(always, broken),
      );
    if (never && met)
      return fail(run, key, `never a key that ${describeCondition(never)}`, describe(never, met));
    return PASS;
  },
});

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

function fail(run: RunView, key: string, expected: string, actual: string): Finding {
  return { passed: false, expected, actual, commands: changesOf(run, key) };
}
