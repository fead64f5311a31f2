import { isCut, type Value } from '../../base/bytes.ts';
import { type AnyDataType, type DataType, itemOrder } from './data-type.ts';
import { hash } from './hash.ts';
import type { KeySnapshot } from './key.ts';
import { list } from './list.ts';
import { set } from './set.ts';
import { sortedSet } from './sorted-set.ts';
import { stream } from './stream.ts';
import { string } from './string.ts';

export type { AnyDataType, DataType } from './data-type.ts';
export { compareIds } from './data-type.ts';

/** The data types whose content is kept as evidence. What a type is stands in its file, and in `key.ts`. */
export const DATA_TYPES: Readonly<Record<DataType, AnyDataType>> = {
  string,
  list,
  set,
  zset: sortedSet,
  hash,
  stream,
};

/** Their names, as TYPE has them: all types that Valkey itself has. Modules bring others. */
export const DATA_TYPE_NAMES = Object.keys(DATA_TYPES) as DataType[];

export function isDataType(type: string): type is DataType {
  return Object.hasOwn(DATA_TYPES, type);
}

/** What is known of the type of a key; undefined for a type of which only the name is kept. */
export function dataTypeOf({ type }: Pick<KeySnapshot, 'type'>): AnyDataType | undefined {
  return isDataType(type) ? DATA_TYPES[type] : undefined;
}

/** One thing that a key holds, to be looked at. */
export interface Item {
  /** The field, the member, the id of the entry; of a list the item itself. */
  name: Value;
  /** The value of a field, the score of a member, the fields of an entry; undefined where there is nothing beside it. */
  beside: Value | undefined;
  /** When it expires by itself, unix time in ms. */
  expireAt: number | undefined;
}

/** What a key holds, in the order in which the server has it; nothing for a string, which has no items. */
export function itemsOf(key: KeySnapshot): Item[] {
  const type = dataTypeOf(key);
  if (!type) return [];
  return type.items(key as never).map((item) => ({
    name: type.nameOf(item),
    beside: type.besideOf?.(item),
    expireAt: type.expiryOf?.(item),
  }));
}

/** What a key holds beside its items, such as the groups of a stream: each with a name and in words. */
export function factsOf(key: KeySnapshot): (readonly [name: string, words: string])[] {
  return dataTypeOf(key)?.factsOf?.(key as never) ?? [];
}

/** True for a key of which not all items were read, or not all that is told beside them. */
export function isPartial(key: KeySnapshot): boolean {
  const type = dataTypeOf(key);
  if (!type || key.type === 'string' || key.type === 'other') return false;
  return type.items(key as never).length < key.size || type.hasMore?.(key as never) === true;
}

/** True for a key whose content is not all listed. */
export function isNotAllListed(key: KeySnapshot): boolean {
  return key.type === 'other' || isPartial(key) || (key.type === 'string' && isCut(key.value));
}

/** The key with other items, as a difference has it; its size stays what it was. */
export function withItems(key: KeySnapshot, items: unknown[]): KeySnapshot {
  return (dataTypeOf(key)?.withItems(key as never, items) as KeySnapshot | undefined) ?? key;
}

/** Items put in the order of the type; those of a list stay where they are. */
export function inOrder(type: AnyDataType, items: unknown[]): unknown[] {
  const order = itemOrder(type);
  return order ? items.sort(order) : items;
}
