import { describe, expect, it } from 'vitest';
import { changeOf } from '../../evidence/change.ts';
import type { KeyChange, KeySnapshot } from '../../evidence/evidence.ts';
import { bytes, hash, hyperloglog, list, START, set, string, zset } from '../../testing/evidence.ts';
import { changeInWords } from './change-words.ts';

type Body = ReturnType<typeof string>;
const key = (body: Body | null, name = 'k') => body && ({ key: name, ...body } as KeySnapshot);
const words = (before: Body | null, after: Body | null, expired = false, at = START) => {
  const change = changeOf(0, key(before), key(after));
  return change && changeInWords(change, { at, expired }).text;
};
const members = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);
const other = (name: string): Body => ({ type: 'other', name, expireAt: null });

describe('changeInWords', () => {
  it.each<[string, Body | null, Body | null, string]>([
    ['a new string', null, string('Han Solo'), 'new string "Han Solo"'],
    ['a new key with a TTL', null, string('x', { ttl: 60 }), 'new string x, TTL 60 s'],
    ['a new hash', null, hash({ a: '1', b: '2' }), 'new hash with 2 fields'],
    ['a new set', null, set(['a']), 'new set with 1 member'],
    ['a new list', null, list(['a', 'b', 'c'], { size: 12_000 }), 'new list with 12,000 items'],
    ['a new sorted set', null, zset({ han: 3 }), 'new sorted set with 1 member'],
    ['a new stream', null, other('stream'), 'new stream'],
    ['a new HyperLogLog', null, hyperloglog(3), 'new HyperLogLog that counts about 3'],
    ['a removed key', hash({ a: '1' }), null, 'removed'],
    ['another value', string('7'), string('8'), '7 → 8'],
    ['another value and no TTL', string('7', { ttl: 60 }), string('8'), '7 → 8, TTL 60 s → none'],
    ['bytes', string(bytes(0)), string(bytes(0, 255)), '"\\x00" → the bytes 00ff (not text)'],
    [
      'a field',
      hash({ credits: '10000', table: '7' }),
      hash({ credits: '9500', table: '7' }),
      'credits: 10000 → 9500',
    ],
    ['fields that came and went', hash({ a: '1' }), hash({ b: '2' }), '+ b: 2, − a'],
    ['a member', set(['a']), set(['a', 'member']), '+ member'],
    ['a member that went', set(['a', 'b']), set(['a']), '− b'],
    ['a score', zset({ han: 5, luke: 1 }), zset({ han: 7, luke: 1 }), 'han: 5 → 7'],
    ['a new score', zset({ han: 5 }), zset({ han: 5, luke: 9 }), '+ luke: 9'],
    ['an item at the start', list(['b']), list(['a', 'b']), '+ a at the start'],
    ['items at the end', list(['a']), list(['a', 'b', 'c']), '+ b, + c at the end'],
    ['an item within', list(['a', 'c']), list(['a', 'b', 'c']), '+ b at index 1'],
    ['an item from the start', list(['a', 'b']), list(['b']), '− a from the start'],
    ['an item from the end', list(['a', 'b']), list(['a']), '− b from the end'],
    ['an item that was replaced', list(['a', 'b', 'c']), list(['a', 'x', 'c']), '[1]: b → x'],
    [
      'a list that was trimmed',
      list(['a', 'b', 'c', 'd', 'e']),
      list(['e']),
      '− a, − b, − c, − d from the start',
    ],
    ['a TTL', hash({ a: '1' }), hash({ a: '1' }, { ttl: 3600 }), 'TTL none → 1 h (3600 s)'],
    [
      'a TTL that was changed',
      string('x', { ttl: 90 }),
      string('x', { ttl: 259_200 }),
      'TTL 90 s → 3 days (259200 s)',
    ],
    ['another type', string('x'), list(['a']), 'was a string x, now a list with 1 item'],
    ['another type of a module', other('a'), other('b'), 'was a a, now a b'],
    ['a HyperLogLog', hyperloglog(3), hyperloglog(4), 'counts about 4 (was 3)'],
    ['a HyperLogLog that noted its count', hyperloglog(3), hyperloglog(3, 1), 'still counts about 3'],
    [
      'a key too large',
      list(['a'], { size: 9_000 }),
      list(['b'], { size: 9_001 }),
      'changed, too large to show how: 9,000 → 9,001 items',
    ],
    ['many members', set([]), set(members(1_003)), '+ m0, + m1, + m2, and 1,000 more members'],
    ['a long value', string('a'), string('x'.repeat(1_000)), `a → "${'x'.repeat(40)}…"`],
    [
      'a change behind what is shown',
      string(`${'x'.repeat(50)}a`),
      string(`${'x'.repeat(50)}b`),
      'its value changed, 51 → 51 bytes',
    ],
    ['what cannot be seen', string('a'), string('\u202egnirts\n\u0000'), 'a → "\\u202egnirts\\n\\x00"'],
    [
      'what was cut',
      string('a'),
      string({ head: 'ab', length: 99_000 }),
      'a → ab (the first of 99000 bytes)',
    ],
  ])('tells of %s', (_, before, after, text) => {
    expect(words(before, after)).toBe(text);
  });

  it('tells what expired from what was removed', () => {
    expect(words(string('x', { ttl: 1 }), null, true)).toBe('expired');
    expect(words(string('x', { ttl: 1 }), null)).toBe('removed');
  });

  it('tells a TTL by the time of the step', () => {
    expect(words(string('x', { ttl: 60 }), string('x', { ttl: 120 }), false, START + 60_000)).toBe(
      'TTL over → 60 s',
    );
    expect(words(null, string('x', { ttl: 1.5 }))).toBe('new string x, TTL 1.5 s');
    expect(words(null, string('x', { ttl: 3600 }), false, START + 3)).toBe('new string x, TTL 1 h (3600 s)');
    expect(words(string('x', { ttl: 60 }), string('x', { ttl: 60.02 }))).toBe('TTL set again: 60 s');
  });

  it('stays short, whatever a step changed', () => {
    const fields = (value: string) =>
      hash(Object.fromEntries(members(1_000).map((name) => [name.repeat(100), value.repeat(90)])));
    expect(words(fields('a'), fields('b'))?.length).toBeLessThan(450);
  });

  it('names the key, and what became of it', () => {
    const change: KeyChange = { db: 3, before: null, after: key(string('x'), 'two words') };
    expect(changeInWords(change, { at: START, expired: false })).toEqual({
      change: 'added',
      db: 3,
      key: 'two words',
      name: '"two words"',
      text: 'new string x',
    });
    expect(changeInWords({ ...change, before: change.after }, { at: START, expired: false }).text).toBe(
      'changed',
    );
  });
});
