import { showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { effectOn } from '../effects.ts';
import { stringUpdates } from '../field-updates.ts';
import { type Failure, PASS } from '../finding.ts';
import { object, oneOf, text } from '../parameters.ts';
import type { RunView } from '../run-view.ts';
import { stepsOf } from '../steps.ts';
import { saidTtl } from '../ttl-commands.ts';
import type { FieldUpdate, UpdateManner } from '../update-manner.ts';

export const conditionalWrite = defineKind({
  kind: 'conditional-write',
  description:
    'Each time the script gave this string a value, it asked and wrote in one step: by a command that asks by itself, in a Lua script that asks and writes, or in a transaction under a WATCH that was set before it asked. A TTL must have come in the same step. The string must have been written; whether that was right is for other checks.',
  parameters: object({
    key: text({ minLength: 1, description: "The key's name (database 0)." }),
    condition: oneOf(['absent', 'equals'], {
      description: 'What was to be asked: whether there is no such key, or whether it holds a certain value.',
    }),
  }),
  example: {
    purpose: 'For locks and claims: nothing may come between the question and the writing.',
    yaml: 'key: fleet:endor\ncondition: absent',
    mistake: 'asked first, and written afterwards',
    seen: {
      after: { 'fleet:endor': 'claimed' },
      commands: ['EXISTS fleet:endor', 'SET fleet:endor claimed'],
    },
  },
  keys: ({ key }) => [key],
  judge({ key, condition }, run) {
    const question = condition === 'absent' ? 'whether it is there' : 'what it holds';
    const expected = `${showArgument(key)}: asked ${question} and written in one step, so that nobody can come in between`;
    const updates = stringUpdates(run, key, condition);
    const last = updates.at(-1);
    if (!last) return { passed: false, expected, actual: `no command wrote ${showArgument(key)}` };
    const torn = updates.find(({ manner }) => manner !== 'atomic');
    if (torn) return { passed: false, expected, ...describe(run, key, torn) };
    return lateTtl(run, key, last) ?? PASS;
  },
});

const MANNERS: Record<UpdateManner, string> = {
  atomic: 'written in one step',
  race: 'asked first and written later: in between, somebody else may have written it',
  'race in a transaction': 'asked first and written in a transaction that does not watch the key',
  'race in Lua': 'asked first and written by a Lua script that does not ask again',
  'watched elsewhere': 'asked first and written in a transaction of another connection than its WATCH',
  'watched too late': 'watched only after it had been asked for',
  blind: 'written without asking first',
};

function describe(
  run: RunView,
  key: string,
  { manner, command, read }: FieldUpdate,
): Pick<Failure, 'actual' | 'commands'> {
  return {
    actual: MANNERS[manner],
    commands: [...(read ? [run.note(read, 'asked')] : []), run.note(command, effectOn(key, command))],
  };
}

/** The failure of a write without a TTL, after which the TTL comes in a step of its own. */
function lateTtl(run: RunView, key: string, { command }: FieldUpdate): Failure | undefined {
  if (saidTtl(command, key, 0) !== 'none') return undefined;
  const step = stepsOf(run).find((commands) => commands.includes(command));
  const later = run.commands.find(
    (other) => other.index > command.index && other.db === 0 && typeof saidTtl(other, key, 0) === 'object',
  );
  if (!later || step?.includes(later)) return undefined;
  return {
    passed: false,
    expected: `${showArgument(key)}: written with its TTL in one step`,
    actual:
      'written without a TTL, which came in a second step: whoever is cut off in between leaves it there for ever',
    commands: [command, later].map((note) => run.note(note, effectOn(key, note))),
  };
}
