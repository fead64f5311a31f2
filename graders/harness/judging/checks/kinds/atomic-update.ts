import { list } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import { defineKind } from '../check-kind.ts';
import { effectOn } from '../effects.ts';
import { countUpdates, fieldUpdates, scoreUpdates } from '../field-updates.ts';
import { type CommandNote, PASS } from '../finding.ts';
import { distinct, notBoth, object, optional, type Static, text } from '../parameters.ts';
import type { RunView } from '../run-view.ts';
import type { FieldUpdate, UpdateManner } from '../update-manner.ts';

const PARAMETERS = object(
  {
    keys: distinct(text(), 'The strings, hashes or sorted sets that hold the numbers (database 0).'),
    field: optional(text({ description: 'The keys are hashes, and the number is this field of each.' })),
    members: optional(
      distinct(text(), 'The keys are sorted sets, and the numbers are the scores of these members.'),
    ),
  },
  notBoth('field', 'members'),
);

export const atomicUpdate = defineKind({
  kind: 'atomic-update',
  description:
    'Each change of these numbers was made in one step: by a command that adds (INCR, HINCRBY, ZINCRBY, ZADD with INCR and their kin, or a ZUNIONSTORE that adds up in place), in a Lua script that reads and writes, or in a transaction under a WATCH that was set before the number was read. To put a string to 0 is free. At least one number must have been changed; whether all were, and to what, is for other checks.',
  parameters: PARAMETERS,
  example: {
    purpose:
      'For numbers that others change at the same time: counters that are strings, fields of hashes or scores of sorted sets.',
    yaml: "keys: ['session:han_solo']\nfield: drinks_ordered",
    mistake: 'the number was read, and the sum written',
    seen: {
      before: { 'session:han_solo': { hash: { drinks_ordered: '2' } } },
      after: { 'session:han_solo': { hash: { drinks_ordered: '3' } } },
      commands: ['HGET session:han_solo drinks_ordered', 'HSET session:han_solo drinks_ordered 3'],
    },
  },
  keys: ({ keys }) => keys,
  judge(parameters, run) {
    const { what, noneOf, numbers } = numbersOf(parameters, run);
    const expected = `${what} read and raised in one step, so that nobody else's change can be lost`;
    if (numbers.every(({ updates }) => updates.length === 0))
      return { passed: false, expected, actual: `no command changed ${noneOf}` };
    const failures = numbers.flatMap((number) => {
      const torn = number.updates.find(({ manner }) => manner !== 'atomic');
      return torn ? [describe(run, number, torn)] : [];
    });
    if (failures.length === 0) return PASS;
    return {
      passed: false,
      expected,
      actual: failures.map(({ actual }) => actual).join('\n'),
      commands: failures.flatMap(({ commands }) => commands),
    };
  },
});

/** A number, the name by which the learner knows it, and all its updates. */
interface JudgedNumber {
  name: string;
  key: string;
  updates: FieldUpdate[];
}

interface JudgedNumbers {
  numbers: JudgedNumber[];
  /** All of them, for what is expected. */
  what: string;
  /** All of them, for what was not changed. */
  noneOf: string;
}

function numbersOf({ keys, field, members }: Static<typeof PARAMETERS>, run: RunView): JudgedNumbers {
  const byKey = (updatesOf: (key: string) => FieldUpdate[]) =>
    keys.map((key) => ({ name: showArgument(key), key, updates: updatesOf(key) }));
  if (members) {
    // One board needs no name: the learner knows which it is.
    const place = keys.length > 1 ? (key: string) => ` in ${showArgument(key)}` : () => '';
    return {
      numbers: keys.flatMap((key) =>
        members.map((member) => ({
          name: showArgument(member) + place(key),
          key,
          updates: scoreUpdates(run, key, member),
        })),
      ),
      what: 'each score',
      noneOf: `the score of ${anyOf(members)}`,
    };
  }
  if (field !== undefined) {
    return {
      numbers: byKey((key) => fieldUpdates(run, key, field)),
      what: showArgument(field),
      noneOf: `${showArgument(field)} of ${anyOf(keys)}`,
    };
  }
  return {
    numbers: byKey((key) => countUpdates(run, key)),
    what: 'each counter',
    noneOf: 'any of the counters',
  };
}

function anyOf(names: readonly string[]): string {
  return list(
    names.map((name) => showArgument(name)),
    'or',
  );
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
  { name, key }: JudgedNumber,
  { manner, command, read }: FieldUpdate,
): { actual: string; commands: CommandNote[] } {
  return {
    actual: `${name}: ${MANNERS[manner]}`,
    commands: [
      ...(read ? [run.note(read, 'read the number')] : []),
      run.note(command, read ? 'wrote back what was worked out from it' : effectOn(key, command)),
    ],
  };
}
