import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import { count, shortList } from '../../base/text/count.ts';
import { show, showArgument } from '../../base/text/printable.ts';
import { factsOf, isNotAllListed, itemsOf } from '../../evidence/data-types/index.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { lastingContent } from './idle.ts';
import { article, typeName } from './key-param.ts';

/** How many elements of a key are told. */
const SHOWN = 8;

/**
 * What a key was to stay, and what it is; undefined where it is the same. `expiresAlike` tells that its TTL is.
 */
export function describeChange(
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
  if (isNotAllListed(before)) {
    // What is listed of it is a part that may be another one the next time.
    if (before.digest && before.digest === after.digest) return undefined;
    const actual = before.digest ? 'changed, too large to show how' : 'too large to tell whether it is';
    return { expected: 'as the set-up left it', actual };
  }
  if (isDeepStrictEqual(lastingContent(before), { ...lastingContent(after), expireAt: before.expireAt }))
    return undefined;
  if (before.type === 'hash' && after.type === 'hash') return describeFields(before, after);
  if (before.type === 'string' && after.type === 'string') return describeStrings(before, after);
  if (before.type === 'list' && after.type === 'list')
    return { expected: describeList(before), actual: describeList(after) };
  if (before.type === 'zset' && after.type === 'zset') return describeScores(before, after);
  return describeItems(before, after);
}

/** What differs of items and of what is told beside them, such as the groups of a stream. */
function describeItems(before: KeySnapshot, after: KeySnapshot): { expected: string; actual: string } {
  const [old, now] = [itemLines(before), itemLines(after)];
  const [gone, come] = [old.filter((line) => !now.includes(line)), now.filter((line) => !old.includes(line))];
  return {
    expected: gone.length > 0 ? shortList(gone, SHOWN) : 'as the set-up left it',
    actual: come.length > 0 ? shortList(come, SHOWN) : gone.length > 0 ? 'gone' : 'changed',
  };
}

function itemLines(key: KeySnapshot): string[] {
  const items = itemsOf(key).map(({ name, beside }) =>
    [show(name), ...(beside === undefined ? [] : [textOf(beside) ?? show(beside)])].join(' '),
  );
  return [...items, ...factsOf(key).map(([name, words]) => `${name} ${words}`)];
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
    SHOWN,
    size,
  );
}

type Hash = Extract<KeySnapshot, { type: 'hash' }>;
type Field = Omit<Hash['fields'][number], 'field'>;

function describeFields(before: Hash, after: Hash): { expected: string; actual: string } {
  const [old, now] = [fieldsByName(before), fieldsByName(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => !isDeepStrictEqual(old.get(name), now.get(name)),
  );
  const say = (all: ReadonlyMap<string, Field>, others: ReadonlyMap<string, Field>) => {
    const fields = changed.slice(0, SHOWN).map((name) => {
      const field = all.get(name);
      if (field === undefined) return `no field ${showArgument(name)}`;
      const { value, expireAt } = field;
      const ttl =
        others.get(name)?.expireAt === expireAt
          ? ''
          : expireAt === undefined
            ? ' without a TTL'
            : ' with a TTL of its own';
      return `${showArgument(name)} = ${show(value)}${ttl}`;
    });
    return [...fields, ...(changed.length > SHOWN ? [`${changed.length - SHOWN} more`] : [])].join(', ');
  };
  return { expected: say(old, now), actual: say(now, old) };
}

/** What each field is; of names that are shown alike, the first counts. */
function fieldsByName({ fields }: Hash): ReadonlyMap<string, Field> {
  const found = new Map<string, Field>();
  for (const { field, ...rest } of fields) {
    const name = textOf(field) ?? show(field);
    if (!found.has(name)) found.set(name, rest);
  }
  return found;
}

type SortedSet = Extract<KeySnapshot, { type: 'zset' }>;

function describeScores(before: SortedSet, after: SortedSet): { expected: string; actual: string } {
  const say = (set: SortedSet, other: SortedSet) => {
    const theirs = new Set(other.members.map(entryId));
    return set.members
      .filter((entry) => !theirs.has(entryId(entry)))
      .map(({ member, score }) => `${show(member)} with ${score}`);
  };
  const [gone, come] = [say(before, after), say(after, before)];
  return {
    expected: gone.length > 0 ? shortList(gone, SHOWN) : 'no more members',
    actual: come.length > 0 ? shortList(come, SHOWN) : 'gone',
  };
}

function entryId({ member, score }: SortedSet['members'][number]): string {
  return JSON.stringify([member, score]);
}
