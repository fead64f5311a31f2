import type { DataType } from '../../../evidence/data-types/index.ts';
import type { ValueMatcher } from '../../../judging/checks/value-conditions.ts';

/**
 * What a value must be: a text or number to equal, or conditions that must all hold, as in our graders.
 */
export type ExpectedValue = ValueMatcher;

/** The types of keys, as Valkey's TYPE names them. */
export type KeyType = DataType;

/** Matchers on a client of Valkey: `await expect(client).toHaveHash('session:1', { user: 'han' })`. */
export interface ValkeyMatchers<R> {
  /** The key is there, of whatever type. */
  toHaveKey(key: string): Promise<R>;
  /** The key is not there. */
  toHaveNoKey(key: string): Promise<R>;
  /** The key is there and of this type. */
  toHaveKeyType(key: string, type: KeyType): Promise<R>;
  /** The key is a string with this value. */
  toHaveString(key: string, value: ExpectedValue): Promise<R>;
  /** The key is a hash that holds these fields with these values. It may hold more: see toHaveFieldCount. */
  toHaveHash(key: string, fields: Record<string, ExpectedValue>): Promise<R>;
  /** The key is a hash of so many fields. */
  toHaveFieldCount(key: string, count: number): Promise<R>;
  /** The key is a list of exactly these elements, from left to right. */
  toHaveList(key: string, items: readonly ExpectedValue[]): Promise<R>;
  /** The key is a set of exactly these members, in any order. */
  toHaveSet(key: string, members: readonly ExpectedValue[]): Promise<R>;
  /** The key is a sorted set of exactly these members and scores; with `orMore` it may hold others as well. */
  toHaveSortedSet(key: string, members: Record<string, number>, options?: { orMore?: boolean }): Promise<R>;
  /** The key is a stream of exactly these entries, from the oldest to the newest, each with these fields and no others. */
  toHaveStreamEntries(key: string, entries: readonly Record<string, ExpectedValue>[]): Promise<R>;
  /** The key vanishes in so many seconds, give or take `within` (2 where it is left out). */
  toHaveTtl(key: string, seconds: number, options?: { within?: number }): Promise<R>;
  /** The key is there and has no TTL. */
  toHaveNoTtl(key: string): Promise<R>;
  /** The key is a HyperLogLog that counts so many elements, give or take `within` (0 where it is left out). */
  toHaveHyperLogLogCount(key: string, count: number, options?: { within?: number }): Promise<R>;
}
