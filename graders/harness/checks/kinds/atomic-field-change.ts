import { distinct } from '../../document/schema.ts';
import { list } from '../../text/count.ts';
import { showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { effectOn } from '../effects.ts';
import { fieldUpdates } from '../field-updates.ts';
import { type CommandNote, type Finding, PASS } from '../finding.ts';
import type { RunView } from '../run-view.ts';
import type { FieldUpdate, UpdateManner } from '../update-manner.ts';

interface Description {
  actual: string;
  commands: CommandNote[];
}

interface AtomicFieldChangeParams {
  keys: string[];
  field: string;
}

export const atomicFieldChange: CheckKind<AtomicFieldChangeParams> = {
  kind: 'atomic-field-change',
  description:
    'Each change of this field was made in one step: by HINCRBY or HINCRBYFLOAT, in a Lua script that reads and writes, or in a transaction under a WATCH that was set before the field was read. Of the hashes at least one must have been changed; whether all were, and to what, is for other checks.',
  properties: {
    keys: distinct({ type: 'string' }, 'The hashes (database 0).'),
    field: { type: 'string', description: 'The field of each of them.' },
  },
  required: ['keys', 'field'],
  keys: ({ keys }) => keys,
  judge({ keys, field }, run) {
    const noneOf = list(
      keys.map((key) => showArgument(key)),
      'or',
    );
    return judgeUpdates(
      run,
      keys.map((key) => ({ name: key, key, updates: fieldUpdates(run, key, field) })),
      showArgument(field),
      `${showArgument(field)} of ${noneOf}`,
    );
  },
};

/** All updates of one number, and the name by which the learner knows it. */
interface NamedUpdates {
  name: string;
  key: string;
  updates: FieldUpdate[];
}

/** Passes where some number was changed, and each change was made in one step. `what` and `noneOf` name the numbers. */
export function judgeUpdates(
  run: RunView,
  updates: readonly NamedUpdates[],
  what: string,
  noneOf: string,
): Finding {
  const expected = `${what} read and raised in one step, so that nobody else's change can be lost`;
  if (updates.every((entry) => entry.updates.length === 0)) {
    return { passed: false, expected, actual: `no command changed ${noneOf}` };
  }
  const failures = updates.flatMap((entry) => {
    const torn = entry.updates.find(({ manner }) => manner !== 'atomic');
    return torn ? [describe(run, entry, torn)] : [];
  });
  if (failures.length === 0) return PASS;
  return {
    passed: false,
    expected,
    actual: failures.map(({ actual }) => actual).join('\n'),
    commands: failures.flatMap(({ commands }) => commands),
  };
}

const MANNERS: Record<UpdateManner, string> = {
  atomic: 'changed in one step',
  race: 'read first and written back later',
  'race in a transaction': 'read first and written back in a transaction that does not watch the key',
  'race in Lua': 'read first and written back by a Lua script that does not look at it again',
  'watched elsewhere': 'read first and written back in a transaction of another connection than its WATCH',
  'watched too late': 'watched only after it had been read',
  blind: 'written without looking at what was there',
};

function describe(
  run: RunView,
  { name, key }: NamedUpdates,
  { manner, command, read }: FieldUpdate,
): Description {
  return {
    actual: `${showArgument(name)}: ${MANNERS[manner]}`,
    commands: [
      ...(read ? [run.note(read, 'read the number')] : []),
      run.note(command, read ? 'wrote back what was worked out from it' : effectOn(key, command)),
    ],
  };
}
