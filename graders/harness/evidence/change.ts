import { isDeepStrictEqual } from 'node:util';
import { type Bytes, compareValues, type Value } from '../base/bytes.ts';
import type { KeySnapshot } from './keyspace.ts';
import type { KeyChange } from './replay.ts';

type Of<Type extends KeySnapshot['type']> = Extract<KeySnapshot, { type: Type }>;
/** What differs between two states of a key. */
type Difference = Pick<KeyChange, 'before' | 'after' | 'at' | 'cut'>;

/** What differs between two states of a key; undefined where nothing does. Null for a state in which it is not there. */
export function changeOf(
  db: number,
  before: KeySnapshot | null,
  after: KeySnapshot | null,
): KeyChange | undefined {
  if (before === null && after === null) return undefined;
  if (before !== null && after !== null && isDeepStrictEqual(before, after)) return undefined;
  return { db, ...difference(before, after) };
}

/** The name of the key that a change is of, whether it came, changed or went. */
export function changedKey({ before, after }: Pick<KeyChange, 'before' | 'after'>): Bytes {
  return (after ?? before)?.key ?? '';
}

/** The state of a key behind a change; null where it is not there any more. `state` is the one before it. */
export function applyChange(state: KeySnapshot | null, change: KeyChange): KeySnapshot | null {
  const { before, after } = change;
  if (after === null || before === null || state === null || before.type !== after.type) return after;
  if (change.cut) return after;
  switch (after.type) {
    case 'list':
      return { ...after, items: splice(state as Of<'list'>, before as Of<'list'>, after, change.at ?? 0) };
    case 'set': {
      const { members } = state as Of<'set'>;
      const gone = new Set((before as Of<'set'>).members.map(nameOf));
      return {
        ...after,
        members: [...members.filter((one) => !gone.has(nameOf(one))), ...after.members].sort(compareValues),
      };
    }
    case 'hash': {
      const { fields } = state as Of<'hash'>;
      const gone = new Set(
        [...(before as Of<'hash'>).fields, ...after.fields].map(({ field }) => nameOf(field)),
      );
      const kept = fields.filter(({ field }) => !gone.has(nameOf(field)));
      return { ...after, fields: [...kept, ...after.fields].sort((a, b) => compareValues(a.field, b.field)) };
    }
    case 'zset': {
      const { members } = state as Of<'zset'>;
      const gone = new Set(
        [...(before as Of<'zset'>).members, ...after.members].map(({ member }) => nameOf(member)),
      );
      const kept = members.filter(({ member }) => !gone.has(nameOf(member)));
      return { ...after, members: [...kept, ...after.members].sort(byScore) };
    }
    default:
      return after;
  }
}

function difference(before: KeySnapshot | null, after: KeySnapshot | null): Difference {
  if (before === null || after === null || before.type !== after.type) {
    const cut = [before, after].some((key) => key !== null && isPartial(key));
    return { before, after, ...(cut && { cut }) };
  }
  if (isPartial(before) || isPartial(after))
    return { before: withoutElements(before), after: withoutElements(after), cut: true };
  switch (after.type) {
    case 'list':
      return listDifference(before as Of<'list'>, after);
    case 'set': {
      const [removed, added] = apart((before as Of<'set'>).members, after.members, nameOf);
      return { before: { ...(before as Of<'set'>), members: removed }, after: { ...after, members: added } };
    }
    case 'hash': {
      const [removed, added] = apart((before as Of<'hash'>).fields, after.fields, ({ field, value }) =>
        JSON.stringify([field, value]),
      );
      return { before: { ...(before as Of<'hash'>), fields: removed }, after: { ...after, fields: added } };
    }
    case 'zset': {
      const [removed, added] = apart((before as Of<'zset'>).members, after.members, ({ member, score }) =>
        JSON.stringify([member, score]),
      );
      return { before: { ...(before as Of<'zset'>), members: removed }, after: { ...after, members: added } };
    }
    default:
      return { before, after };
  }
}

/** What is only in the first, and what is only in the second. */
function apart<Item>(
  first: readonly Item[],
  second: readonly Item[],
  idOf: (item: Item) => string,
): [Item[], Item[]] {
  const [ids, others] = [new Set(first.map(idOf)), new Set(second.map(idOf))];
  return [first.filter((item) => !others.has(idOf(item))), second.filter((item) => !ids.has(idOf(item)))];
}

function listDifference(before: Of<'list'>, after: Of<'list'>): Difference {
  const [old, now] = [before.items, after.items];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && same(old[start], now[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(old.at(-1 - end), now.at(-1 - end))) end += 1;
  return {
    before: { ...before, items: old.slice(start, old.length - end) },
    after: { ...after, items: now.slice(start, now.length - end) },
    at: start,
  };
}

function splice(state: Of<'list'>, before: Of<'list'>, after: Of<'list'>, at: number): Value[] {
  return [...state.items.slice(0, at), ...after.items, ...state.items.slice(at + before.items.length)];
}

/** True for a key of which not all elements were read. */
function isPartial(key: KeySnapshot): boolean {
  switch (key.type) {
    case 'list':
      return key.items.length < key.size;
    case 'set':
    case 'zset':
      return key.members.length < key.size;
    case 'hash':
      return key.fields.length < key.size;
    default:
      return false;
  }
}

function withoutElements(key: KeySnapshot): KeySnapshot {
  switch (key.type) {
    case 'list':
      return { ...key, items: [] };
    case 'set':
    case 'zset':
      return { ...key, members: [] };
    case 'hash':
      return { ...key, fields: [] };
    default:
      return key;
  }
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return one === other || (typeof one === 'object' && isDeepStrictEqual(one, other));
}

function nameOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Scored = Of<'zset'>['members'][number];
/** As the server orders them: by score, then by the bytes of the member. */
function byScore(one: Scored, other: Scored): number {
  return (
    Number(one.score.replace('inf', 'Infinity')) - Number(other.score.replace('inf', 'Infinity')) ||
    compareValues(one.member, other.member)
  );
}
