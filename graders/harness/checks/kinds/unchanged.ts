import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../evidence/bytes.ts';
import type { KeySnapshot, RunEvidence } from '../../evidence/evidence.ts';
import { count, shortList } from '../../text/count.ts';
import { show, showArgument } from '../../text/printable.ts';
import type { CheckKind } from '../check-kind.ts';
import { changesOf } from '../effects.ts';
import { type CommandNote, type Failure, PASS } from '../finding.ts';
import { isIdle, lastingContent } from '../idle.ts';
import { article, typeName } from '../key-param.ts';
import type { PlacedKey } from '../keyspace-index.ts';
import { keyName, type RunView } from '../run-view.ts';
import { sameExpiry } from '../same-expiry.ts';

interface UnchangedParams {
  keys?: string[];
  except?: Record<string, string[]>;
  noOtherKeys?: boolean;
  notIdle?: boolean;
}

export const unchanged: CheckKind<UnchangedParams> = {
  kind: 'unchanged',
  description:
    'The keys of the set-up are as the set-up left them: type, value and TTL. In a variant, a key that the script has set up anew as in the main run counts too, and so does a list to which the script has pushed the main run’s elements once more.',
  properties: {
    keys: {
      type: 'array',
      minItems: 1,
      items: { type: 'string' },
      description: 'Only these keys; all where it is left out.',
    },
    except: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
      description: 'Fields of hashes and members of sorted sets that may change, by key.',
    },
    noOtherKeys: { type: 'boolean', description: 'True: no key may have been added either.' },
    notIdle: {
      type: 'boolean',
      description: 'True: a script that changed nothing at all, not even what may change, does not pass.',
    },
  },
  required: [],
  keys: ({ keys = [] }) => keys,
  judge({ keys, except = {}, noOtherKeys = false, notIdle = false }, run) {
    if (notIdle && isIdle(run)) {
      return {
        passed: false,
        expected: 'a change, and no other than asked for',
        actual: 'nothing was changed',
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
};

/** One command may have changed several keys: it is told once. */
function distinct(notes: readonly CommandNote[]): CommandNote[] {
  return notes.filter((note, index) => notes.findIndex((other) => isDeepStrictEqual(other, note)) === index);
}

function changeOf(
  { key: before, db }: PlacedKey,
  run: RunView,
  exempt: readonly string[],
): Failure | undefined {
  const name = keyName(before);
  const after = name === undefined ? undefined : run.key(name, db);
  const main = name === undefined ? undefined : run.keyOfMainSetup(name, db);
  const isAs = (key: KeySnapshot, origin: RunEvidence) =>
    after !== undefined && sameExpiry(key, origin.clock, after, run.run.clock);
  const compare = (key: KeySnapshot, origin: RunEvidence) =>
    describeChange(without(key, exempt), after && without(after, exempt), isAs(key, origin));
  const change = compare(before, run.run);
  if (!change || (main && !compare(main, run.main))) return undefined;
  if (main && after && pushedAgain(before, main, after) && isAs(before, run.run)) return undefined;
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
  return [
    [...before.items, ...main.items],
    [...main.items, ...before.items],
  ].some((items) => isDeepStrictEqual(items, after.items));
}

function addedKeys(run: RunView): Failure[] {
  const added = run.keysAfter.filter((placed) => !run.isOfSetup(placed));
  if (added.length === 0) return [];
  const names = added.map(({ key, db }) => showArgument(key.key) + (db === 0 ? '' : ` in database ${db}`));
  return [
    {
      passed: false,
      expected: 'no new key',
      actual: `${count(added.length, 'new key')}: ${shortList(names)}`,
      commands: added.slice(0, 3).flatMap(({ key }) => changesOf(run, keyName(key) ?? '')),
    },
  ];
}

function describeChange(
  before: KeySnapshot,
  after: KeySnapshot | undefined,
  expiresAlike: boolean,
): { expected: string; actual: string } | undefined {
  if (!after) return { expected: `${article(typeName(before))}, as the set-up left it`, actual: 'gone' };
  if (before.type !== after.type)
    return { expected: article(typeName(before)), actual: article(typeName(after)) };
  if (!expiresAlike) {
    return {
      expected: before.expireAt === null ? 'no TTL' : 'the TTL of the set-up',
      actual: after.expireAt === null ? 'no TTL' : before.expireAt === null ? 'a TTL' : 'another TTL',
    };
  }
  if (isDeepStrictEqual(lastingContent(before), { ...lastingContent(after), expireAt: before.expireAt }))
    return undefined;
  if (before.type === 'hash' && after.type === 'hash') return describeFields(before, after);
  if (before.type === 'string' && after.type === 'string') return describeStrings(before, after);
  if (before.type === 'list' && after.type === 'list')
    return { expected: describeList(before), actual: describeList(after) };
  if (before.type === 'zset' && after.type === 'zset') return describeScores(before, after);
  return { expected: 'as the set-up left it', actual: 'changed' };
}

type Text = Extract<KeySnapshot, { type: 'string' }>;

function describeStrings(before: Text, after: Text): { expected: string; actual: string } {
  const say = ({ value, hyperloglog }: Text) =>
    hyperloglog === undefined ? show(value) : `a HyperLogLog that counts ${count(hyperloglog, 'element')}`;
  const [expected, actual] = [say(before), say(after)];
  const others = before.hyperloglog !== undefined && expected === actual ? ', and other ones' : '';
  return { expected, actual: actual + others };
}

function describeList({ items, size }: Extract<KeySnapshot, { type: 'list' }>): string {
  return shortList(
    items.map((item) => show(item)),
    8,
    size,
  );
}

type Hash = Extract<KeySnapshot, { type: 'hash' }>;

function describeFields(before: Hash, after: Hash): { expected: string; actual: string } {
  const names = new Set([...before.fields, ...after.fields].map(({ field }) => textOf(field) ?? show(field)));
  const changed = [...names].filter(
    (name) => !isDeepStrictEqual(fieldValue(before, name), fieldValue(after, name)),
  );
  const say = (hash: Hash) =>
    changed
      .map((name) => {
        const value = fieldValue(hash, name);
        return value === undefined
          ? `no field ${showArgument(name)}`
          : `${showArgument(name)} = ${show(value)}`;
      })
      .join(', ');
  return { expected: say(before), actual: say(after) };
}

function fieldValue(hash: Hash, name: string) {
  return hash.fields.find(({ field }) => (textOf(field) ?? show(field)) === name)?.value;
}

type SortedSet = Extract<KeySnapshot, { type: 'zset' }>;

function describeScores(before: SortedSet, after: SortedSet): { expected: string; actual: string } {
  const say = (set: SortedSet, other: SortedSet) =>
    set.members
      .filter((entry) => !other.members.some((candidate) => isDeepStrictEqual(candidate, entry)))
      .map(({ member, score }) => `${show(member)} with ${score}`);
  const [gone, come] = [say(before, after), say(after, before)];
  return {
    expected: gone.length > 0 ? shortList(gone, 8) : 'no more members',
    actual: come.length > 0 ? shortList(come, 8) : 'gone',
  };
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
