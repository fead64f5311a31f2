import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../../base/bytes.ts';
import { count, shortList } from '../../../base/text/count.ts';
import { showArgument } from '../../../base/text/printable.ts';
import type { KeySnapshot, RunEvidence } from '../../../evidence/evidence.ts';
import { defineKind } from '../check-kind.ts';
import { describeChange } from '../difference.ts';
import { changesOf } from '../effects.ts';
import { type CommandNote, type Failure, PASS } from '../finding.ts';
import { isIdle } from '../idle.ts';
import type { PlacedKey } from '../keyspace-index.ts';
import { byName, flag, listOf, object, oneOrMore, optional, text } from '../parameters.ts';
import { keyName, type RunView } from '../run-view.ts';
import { sameExpiry } from '../same-expiry.ts';

export const unchanged = defineKind({
  kind: 'unchanged',
  expects: 'nothing',
  description:
    'The keys of the set-up are as the set-up left them: type, value and TTL. In a variant, a key that the script has set up anew as in the main run counts too, and so does a list to which the script has pushed the main run’s elements once more.',
  parameters: object({
    keys: optional(oneOrMore(text(), { description: 'Only these keys; all where it is left out.' })),
    except: optional(
      byName(listOf(text()), {
        description: 'Fields of hashes and members of sorted sets that may change, by key.',
      }),
    ),
    noOtherKeys: optional(flag({ description: 'True: no key may have been added either.' })),
    notIdle: optional(
      flag({
        description: 'True: a script that changed nothing at all, not even what may change, does not pass.',
      }),
    ),
  }),
  example: {
    purpose: 'For what the script was to leave alone. Let it need a check of the work, or say notIdle.',
    yaml: "except: { 'basket:7': [apples] }",
    mistake: 'another basket was changed as well',
    seen: {
      before: { 'basket:7': { hash: { apples: '2' } }, 'basket:8': { hash: { apples: '5' } } },
      after: { 'basket:7': { hash: { apples: '3' } }, 'basket:8': { hash: { apples: '6' } } },
      commands: ['HINCRBY basket:7 apples 1', 'HINCRBY basket:8 apples 1'],
    },
  },
  keys: ({ keys = [] }) => keys,
  judge({ keys, except = {}, noOtherKeys = false, notIdle = false }, run) {
    if (notIdle && isIdle(run)) {
      return {
        passed: false,
        expected: 'a change, and no other than asked for',
        actual: 'everything is as it was before the script',
      };
    }
    const watched = run.keysBefore.filter(
      ({ key }) => keys === undefined || keys.includes(keyName(key) ?? ''),
    );
    const failures = [
      ...watched.flatMap((placed) => changeOf(placed, run, except[keyName(placed.key) ?? ''] ?? []) ?? []),
      ...(noOtherKeys ? addedKeys(run) : []),
    ];
    if (failures.length === 0) return PASS;
    return {
      passed: false,
      expected: failures.map(({ expected }) => expected).join('\n'),
      actual: failures.map(({ actual }) => actual).join('\n'),
      commands: distinct(failures.flatMap(({ commands = [] }) => commands)).slice(0, 6),
    };
  },
});

/** One command may have changed several keys: it is told once. */
function distinct(notes: readonly CommandNote[]): CommandNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

function changeOf(
  { key: before, db }: PlacedKey,
  run: RunView,
  exempt: readonly string[],
): Failure | undefined {
  const name = keyName(before);
  const after = name === undefined ? undefined : run.key(name, db);
  const main = name === undefined ? undefined : run.keyOfMainSetup(name, db);
  const expiresAs = (origin: RunEvidence) => (one: number | null, other: number | null) =>
    sameExpiry(one, origin.clock, other, run.evidence.clock);
  const isAs = (key: KeySnapshot, origin: RunEvidence) =>
    after !== undefined && expiresAs(origin)(key.expireAt, after.expireAt);
  const compare = (key: KeySnapshot, origin: RunEvidence) =>
    describeChange(
      without(key, exempt),
      after && without(withExpiriesOf(key, after, expiresAs(origin)), exempt),
      isAs(key, origin),
    );
  const change = compare(before, run.evidence);
  if (!change || (main && !compare(main, run.main))) return undefined;
  if (main && after && pushedAgain(before, main, after) && isAs(before, run.evidence)) return undefined;
  const place = showArgument(before.key);
  return {
    passed: false,
    expected: `${place}: ${change.expected}`,
    actual: `${place}: ${change.actual}`,
    commands: changesOf(run, name ?? ''),
  };
}

/** True for a list to which the set-up's elements were pushed again, at either end: that is how a set-up is run again. */
function pushedAgain(before: KeySnapshot, main: KeySnapshot, after: KeySnapshot): boolean {
  if (before.type !== 'list' || main.type !== 'list' || after.type !== 'list') return false;
  if (after.size !== after.items.length) return false;
  return [
    [...before.items, ...main.items],
    [...main.items, ...before.items],
  ].some((items) => isDeepStrictEqual(items, after.items));
}

function addedKeys(run: RunView): Failure[] {
  const added = run.keysAfter.filter((placed) => !run.isOfSetup(placed));
  const total = added.length + run.keyspaceAfter.notListed();
  if (total === 0) return [];
  const names = added.map(({ key, db }) => showArgument(key.key) + (db === 0 ? '' : ` in database ${db}`));
  return [
    {
      passed: false,
      expected: 'no new key',
      actual: `${count(total, 'new key')}: ${shortList(names, 5, total)}`,
      commands: added.slice(0, 3).flatMap(({ key }) => changesOf(run, keyName(key) ?? '')),
    },
  ];
}

function without(key: KeySnapshot, exempt: readonly string[]): KeySnapshot {
  if (key.type === 'zset' && exempt.length > 0) {
    const members = key.members.filter(({ member }) => !exempt.includes(textOf(member) ?? ''));
    return { ...key, size: key.size - key.members.length + members.length, members };
  }
  if (key.type !== 'hash' || exempt.length === 0) return key;
  const fields = key.fields.filter(({ field }) => !exempt.includes(textOf(field) ?? ''));
  return { ...key, size: key.size - key.fields.length + fields.length, fields };
}

/** The key with the expiry of each field as another state has it, where the two are alike. */
function withExpiriesOf(
  before: KeySnapshot,
  after: KeySnapshot,
  isAlike: (one: number | null, other: number | null) => boolean,
): KeySnapshot {
  if (before.type !== 'hash' || after.type !== 'hash') return after;
  const old = new Map(before.fields.map(({ field, expireAt }) => [JSON.stringify(field), expireAt]));
  const fields = after.fields.map((field) => {
    const expireAt = old.get(JSON.stringify(field.field));
    return expireAt !== undefined && isAlike(expireAt, field.expireAt ?? null)
      ? { ...field, expireAt }
      : field;
  });
  return { ...after, fields };
}
