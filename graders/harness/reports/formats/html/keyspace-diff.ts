import { compareValues, toBuffer, type Value } from '../../../base/bytes.ts';
import { dataTypeOf, factsOf, itemsOf } from '../../../evidence/data-types/index.ts';
import type { DatabaseSnapshot, KeySnapshot, Keyspace } from '../../../evidence/evidence.ts';
import { withoutNotedCount } from '../../../evidence/hyperloglog.ts';
import { diffLists } from './list-diff.ts';
import { showBeside, showCount, showName, showValue } from './show-value.ts';

export type Change = 'added' | 'removed' | 'changed' | 'same';

/** A database before and after the script, its keys ordered by the bytes of their names. */
export interface DatabaseDiff {
  index: number;
  keys: KeyDiff[];
  /** How many keys it held before and after, and how many of both the snapshots do not list. */
  sizes: { before: number; after: number; unread: number };
}

export interface KeyDiff {
  change: Change;
  name: Value;
  before: KeySnapshot | null;
  after: KeySnapshot | null;
  /** Compares what it holds: only asked of the keys that are shown. */
  elements(): ElementDiff[];
}

/** An element of a key (a field, a member, an item, or a string's value), safe to print. */
export interface ElementDiff {
  change: Change;
  /** The field, the member, or the place in a list; null for the value of a string. */
  name: string | null;
  /** Value or score; null where there is none. */
  before: string | null;
  after: string | null;
}

/** All databases that hold keys before or after. `start` is when the script started, Unix time in ms. */
export function diffKeyspaces(before: Keyspace, after: Keyspace, start: number): DatabaseDiff[] {
  const indices = [...before.databases, ...after.databases].map(({ index }) => index);
  return [...new Set(indices)]
    .sort((left, right) => left - right)
    .map((index) => {
      const find = ({ databases }: Keyspace) => databases.find((database) => database.index === index);
      return diffDatabase(index, find(before), find(after), start);
    });
}

function diffDatabase(
  index: number,
  before: DatabaseSnapshot | undefined,
  after: DatabaseSnapshot | undefined,
  start: number,
): DatabaseDiff {
  const old = byName(before);
  const now = byName(after);
  const names = new Map([...old, ...now].map(([id, { key }]) => [id, key]));
  const unread = [before, after].reduce((sum, side) => sum + (side ? side.size - side.keys.length : 0), 0);
  return {
    index,
    keys: [...names]
      .map(([id, name]) => diffKey(name, old.get(id) ?? null, now.get(id) ?? null, start))
      .sort((left, right) => compareValues(left.name, right.name)),
    sizes: { before: before?.size ?? 0, after: after?.size ?? 0, unread },
  };
}

function byName(database: DatabaseSnapshot | undefined): Map<string, KeySnapshot> {
  return new Map((database?.keys ?? []).map((key) => [JSON.stringify(key.key), key]));
}

function diffKey(name: Value, before: KeySnapshot | null, after: KeySnapshot | null, start: number): KeyDiff {
  return {
    change: changeOf(before, after),
    name,
    before,
    after,
    elements: () => diffElements(before, after, start),
  };
}

function changeOf(before: KeySnapshot | null, after: KeySnapshot | null): Change {
  if (before === null) return 'added';
  if (after === null) return 'removed';
  return contentOf(before) === contentOf(after) ? 'same' : 'changed';
}

/** All that makes a key what it is, as a text to compare. */
function contentOf(key: KeySnapshot): string {
  if (key.type !== 'string' || key.hyperloglog === undefined) return JSON.stringify(key);
  return JSON.stringify({ ...key, value: stringElement(key).content });
}

/** How many elements or bytes a key holds; null where the snapshot does not tell. */
export function sizeOf(key: KeySnapshot): number | null {
  return key.type === 'other' ? null : key.size;
}

interface Element {
  id: string;
  name: string | null;
  value: string | null;
  /** Tells values apart that look the same where they are cut. */
  content: string;
}

function diffElements(before: KeySnapshot | null, after: KeySnapshot | null, start: number): ElementDiff[] {
  if (before?.type === 'list' && after?.type === 'list') return diffItems(before.items, after.items);
  const old = before ? elementsOf(before, start) : [];
  const now = after ? elementsOf(after, start) : [];
  // What a key held of another type has nothing to do with what it holds now.
  if (before && after && before.type !== after.type) return [...old.map(removed), ...now.map(added)];
  const earlier = new Map(old.map((element) => [element.id, element]));
  const later = new Set(now.map(({ id }) => id));
  return [
    ...old.filter(({ id }) => !later.has(id)).map(removed),
    ...now.map((element): ElementDiff => {
      const origin = earlier.get(element.id);
      if (!origin) return added(element);
      const change = origin.content === element.content ? 'same' : 'changed';
      return { change, name: element.name, before: origin.value, after: element.value };
    }),
  ];
}

function diffItems(before: readonly Value[], after: readonly Value[]): ElementDiff[] {
  const contents = (items: readonly Value[]) => items.map((item) => JSON.stringify(item));
  const shown = (item: Value | undefined) => (item === undefined ? null : showValue(item));
  return diffLists(contents(before), contents(after)).map(
    (pair): ElementDiff => ({
      change: pair.before === null ? 'added' : pair.after === null ? 'removed' : 'same',
      name: pair.after === null ? null : String(pair.after),
      before: shown(before[pair.before ?? -1]),
      after: shown(after[pair.after ?? -1]),
    }),
  );
}

function removed({ name, value }: Element): ElementDiff {
  return { change: 'removed', name, before: value, after: null };
}

function added({ name, value }: Element): ElementDiff {
  return { change: 'added', name, before: null, after: value };
}

function elementsOf(key: KeySnapshot, start: number): Element[] {
  if (key.type === 'string') return [stringElement(key)];
  const type = dataTypeOf(key);
  if (!type) return [];
  const items = itemsOf(key).map(({ name, beside, expireAt }, index) => {
    if (type.order === 'place') return { id: String(index), name: String(index), ...shownAs(name) };
    const value = beside === undefined ? null : showBeside(type, beside, expireAt, start);
    return {
      id: JSON.stringify(name),
      name: showName(name),
      value,
      content: JSON.stringify([beside, expireAt]),
    };
  });
  const facts = factsOf(key).map(([name, words]) => ({ id: name, name, value: words, content: words }));
  return [...items, ...facts];
}

function shownAs(value: Value): Pick<Element, 'value' | 'content'> {
  return { value: showValue(value), content: JSON.stringify(value) };
}

function stringElement({ value, hyperloglog }: Extract<KeySnapshot, { type: 'string' }>): Element {
  const common = { id: '', name: null };
  if (hyperloglog === undefined)
    return { ...common, value: showValue(value), content: JSON.stringify(value) };
  // The bytes of a HyperLogLog mean nothing to anybody, and counting changes some of them.
  const text = showCount(hyperloglog);
  return { ...common, value: text, content: withoutNotedCount(toBuffer(value)).toString('base64') };
}
