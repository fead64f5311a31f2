import { isDeepStrictEqual } from 'node:util';
import type { Bytes } from '../base/bytes.ts';
import { dataTypeOf, inOrder, isPartial, withItems } from './data-types/index.ts';
import type { KeySnapshot } from './data-types/key.ts';
import type { KeyChange } from './replay.ts';

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
  const { before, after, at = 0 } = change;
  if (after === null || before === null || state === null || before.type !== after.type) return after;
  const type = dataTypeOf(after);
  if (change.cut || !type) return after;
  const [held, removed, added] = [state, before, after].map((key) => type.items(key as never)) as Items;
  if (type.order === 'place')
    return withItems(after, [...held.slice(0, at), ...added, ...held.slice(at + removed.length)]);
  const nameOf = (item: unknown) => idOf(type.nameOf(item));
  const gone = new Set([...removed, ...added].map(nameOf));
  return withItems(after, inOrder(type, [...held.filter((item) => !gone.has(nameOf(item))), ...added]));
}

type Items = [held: unknown[], removed: unknown[], added: unknown[]];

function difference(before: KeySnapshot | null, after: KeySnapshot | null): Difference {
  if (before === null || after === null || before.type !== after.type) {
    const cut = [before, after].some((key) => key !== null && isPartial(key));
    return { before, after, ...(cut && { cut }) };
  }
  if (isPartial(before) || isPartial(after))
    return { before: withItems(before, []), after: withItems(after, []), cut: true };
  const type = dataTypeOf(after);
  if (!type) return { before, after };
  const [old, now] = [type.items(before as never), type.items(after as never)];
  if (type.order !== 'place') {
    const [removed, added] = apart(old, now);
    return { before: withItems(before, removed), after: withItems(after, added) };
  }
  const { start, end } = middle(old, now);
  return {
    before: withItems(before, old.slice(start, old.length - end)),
    after: withItems(after, now.slice(start, now.length - end)),
    ...(after.type === 'list' && { at: start }),
  };
}

/** What is only in the first, and what is only in the second. */
function apart(first: readonly unknown[], second: readonly unknown[]): [unknown[], unknown[]] {
  const [ids, others] = [new Set(first.map(idOf)), new Set(second.map(idOf))];
  return [first.filter((item) => !others.has(idOf(item))), second.filter((item) => !ids.has(idOf(item)))];
}

/** How many items are the same at the start, and at the end. */
function middle(old: readonly unknown[], now: readonly unknown[]): { start: number; end: number } {
  const shorter = Math.min(old.length, now.length);
  const same = (one: unknown, other: unknown) => one === other || isDeepStrictEqual(one, other);
  let start = 0;
  while (start < shorter && same(old[start], now[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(old.at(-1 - end), now.at(-1 - end))) end += 1;
  return { start, end };
}

function idOf(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}
