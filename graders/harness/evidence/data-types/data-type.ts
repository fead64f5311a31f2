import { compareValues, type Value } from '../../base/bytes.ts';
import type { KeyContent, KeySnapshot } from './key.ts';

/** The names of the types whose content is kept as evidence, as Valkey's TYPE has them. Of any other only the name is. */
export type DataType = Exclude<KeySnapshot['type'], 'other'>;

type KeyOf<Name extends DataType> = Extract<KeySnapshot, { type: Name }>;
type ContentOf<Name extends DataType> = Extract<KeyContent, { type: Name }>;

/**
 * How the items of a key are ordered: as they were put there, by the bytes of their names, by score and name, or by
 * the id of a stream entry.
 */
type ItemOrder = 'place' | 'bytes' | 'score' | 'id';

/** An element in an answer of the server: whole, or its head and its length. */
export type Answered = Buffer | [head: Buffer, length: number];

/** Sends a command through somebody else's client, and gives back what it replied. */
export interface Ask {
  /** The strings of the reply in order, nested ones laid out flat. */
  flat(...command: string[]): Promise<(string | Uint8Array)[]>;
  /** The reply as the client has it: lists, maps and what else libraries make of it, as lists in lists. */
  nested(...command: string[]): Promise<unknown>;
}

/** All that there is to know of a data type: how it is read, what its keys hold, and how that is told. */
export interface DataTypeDefinition<Name extends DataType, Item> {
  /** What people call it. */
  title: string;
  /** One of the things that a key of this type holds, such as a `field`. */
  element: string;
  elements: string;
  /** What names an item, and what stands beside it: the headings of its table. */
  columns: readonly [naming: string, beside: string | null];
  order: ItemOrder;
  /** Lua that returns the size and the value of `key`, or as much of the value as evidence keeps. See read-keys.ts. */
  lua: string;
  /** What that answer says that the key holds. */
  content(size: number, value: unknown): ContentOf<Name>;
  /** Reads a key through somebody else's client. */
  ask(client: Ask, name: string): Promise<ContentOf<Name>>;
  items(key: KeyOf<Name>): readonly Item[];
  withItems(key: KeyOf<Name>, items: Item[]): KeyOf<Name>;
  /** The name of an item, by which it is told from others; the item of a list is its own. */
  nameOf(item: Item): Value;
  /** The value of a field, the score of a member, the fields of an entry. */
  besideOf?(item: Item): Value;
  /** True where that is text to be shown as it is, and no value to be put in quotes. */
  hasWordsBeside?: true;
  /** When an item expires by itself, unix time in ms. */
  expiryOf?(item: Item): number | undefined;
  /** True for a key of which not all was read that it holds beside its items. */
  hasMore?(key: KeyOf<Name>): boolean;
  /** What a key holds beside its items, such as the groups of a stream: each with a name and in words. */
  factsOf?(key: KeyOf<Name>): (readonly [name: string, words: string])[];
}

/** A definition whose types nobody asks for. What it is given must be a key of its type, or an item of one. */
export type AnyDataType = DataTypeDefinition<DataType, unknown>;

/** Lets go of the types of a definition: who looks it up by the type of a key hands it keys of that type. */
export function defineDataType<Name extends DataType, Item>(
  definition: DataTypeDefinition<Name, Item>,
): AnyDataType {
  return definition as unknown as AnyDataType;
}

/** Orders items as the server does; undefined for those that stay where they were put. */
export function itemOrder({
  order,
  nameOf,
  besideOf,
}: AnyDataType): ((one: unknown, other: unknown) => number) | undefined {
  const byName = (one: unknown, other: unknown) => compareValues(nameOf(one), nameOf(other));
  switch (order) {
    case 'place':
      return undefined;
    case 'bytes':
      return byName;
    case 'score':
      return (one, other) => scoreOf(besideOf?.(one)) - scoreOf(besideOf?.(other)) || byName(one, other);
    case 'id':
      return (one, other) => compareIds(String(nameOf(one)), String(nameOf(other)));
  }
}

function scoreOf(score: Value | undefined): number {
  return Number(String(score).replace('inf', 'Infinity'));
}

/** Orders the ids of stream entries, each a time and a number: `1756000000000-0`. */
export function compareIds(one: string, other: string): number {
  const [time = '', number = '0'] = one.split('-');
  const [otherTime = '', otherNumber = '0'] = other.split('-');
  const byTime = BigInt(time) - BigInt(otherTime);
  const difference = byTime === 0n ? BigInt(number) - BigInt(otherNumber) : byTime;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
