import type { Bytes } from '../../base/bytes.ts';
import { thousands } from '../../base/text/count.ts';
import { changedKey } from '../../evidence/change.ts';
import { DATA_TYPES } from '../../evidence/data-types/index.ts';
import type { KeyChange, KeySnapshot } from '../../evidence/evidence.ts';
import { elementsInWords } from './element-words.ts';
import { timeInWords, ttlChangeInWords } from './ttl-words.ts';
import { valueInWords } from './value-words.ts';

/** What a step changed of one key, in words that are safe to print. */
export interface ChangeWords {
  change: 'added' | 'changed' | 'removed';
  db: number;
  key: Bytes;
  /** The key's name, short. */
  name: string;
  /** What became of it, on one line: `credits: 10000 → 9500, TTL 1 h (3600 s) → none`. */
  text: string;
}

/**
 * Says what a step changed of a key, made from the change alone. `at` is the time of the step, Unix time in ms;
 * `expired` tells that it was no command that removed the key.
 */
export function changeInWords(
  change: KeyChange,
  { at, expired }: { at: number; expired: boolean },
): ChangeWords {
  const { db, before, after } = change;
  const key = changedKey(change);
  return {
    change: before === null ? 'added' : after === null ? 'removed' : 'changed',
    db,
    key,
    name: valueInWords(key),
    text: textOf(change, at, expired),
  };
}

function textOf({ before, after, at: index = 0, cut }: KeyChange, at: number, expired: boolean): string {
  if (after === null) return expired ? 'expired' : 'removed';
  if (before === null) return newInWords(after, at);
  const ttl = ttlChangeInWords(before.expireAt, after.expireAt, at);
  const content =
    before.type !== after.type || nameOf(before) !== nameOf(after)
      ? [`was ${article(before)}, now ${article(after)}`]
      : cut
        ? [`changed, too large to show how${sizesInWords(before, after)}`]
        : elementsInWords(before, after, index, at);
  return [...content, ...(ttl === null ? [] : [ttl])].join(', ') || 'changed';
}

function newInWords(key: KeySnapshot, at: number): string {
  const ttl = key.expireAt === null ? '' : `, TTL ${timeInWords(key.expireAt - at)}`;
  return `new ${keyInWords(key)}${ttl}`;
}

/** What a key is and holds: `hash with 5 fields`, `string 9500`. */
export function keyInWords(key: KeySnapshot): string {
  if (key.type === 'other') return key.name;
  if (key.type !== 'string') return `${DATA_TYPES[key.type].title} with ${sizeInWords(key)}`;
  return key.hyperloglog === undefined
    ? `string ${valueInWords(key.value)}`
    : `HyperLogLog that counts about ${key.hyperloglog}`;
}

function article(key: KeySnapshot): string {
  return `a ${keyInWords(key)}`;
}

function sizeInWords(key: Exclude<KeySnapshot, { type: 'other' }>): string {
  const { element, elements } = DATA_TYPES[key.type];
  return `${thousands(key.size)} ${key.size === 1 ? element : elements}`;
}

function sizesInWords(before: KeySnapshot, after: KeySnapshot): string {
  if (before.type === 'other' || after.type === 'other' || before.size === after.size) return '';
  return `: ${thousands(before.size)} → ${sizeInWords(after)}`;
}

function nameOf(key: KeySnapshot): string {
  return key.type === 'other' ? key.name : key.type;
}
