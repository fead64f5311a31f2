import { describe, expect, it } from 'vitest';
import {
  bytes,
  type EvidenceOptions,
  hash,
  list,
  makeView,
  START,
  set,
  string,
  zset,
} from '../../../testing/evidence.ts';
import { keysMatching } from './keys-matching.ts';

const PASSED = { passed: true };

const judge = (check: object, options: EvidenceOptions) =>
  keysMatching.bind({ pattern: 'order:*', count: 2, ...check }).judge(makeView(options));

describe('keys-matching', () => {
  it('counts the keys of a pattern', () => {
    const after = { 'order:1': 'a', 'order:2': hash({ a: '1' }), orders: 'x', 'orde:1': 'x' };
    expect(judge({}, { after })).toEqual(PASSED);
    expect(judge({ count: { atLeast: 2 } }, { after })).toEqual(PASSED);
    expect(judge({ count: { atMost: 1 }, except: ['order:2'] }, { after })).toEqual(PASSED);
    expect(judge({ db: 1, count: 0 }, { after })).toEqual(PASSED);
  });

  it('names those that are there, where they are too few or too many', () => {
    const after = { 'order:1': 'a', 'order:2': 'b' };
    expect(judge({ count: 3 }, { after, commands: ['SET order:2 b'] })).toEqual({
      passed: false,
      expected: '3 keys matching order:*',
      actual: '2 keys: "order:1" and "order:2"',
      commands: [{ line: null, command: 'SET order:2 b', effect: null, index: 0 }],
    });
    expect(judge({ count: 1, except: ['order:9'] }, { after })).toMatchObject({
      expected: '1 key matching order:*, order:9 not counted',
      actual: '2 keys: "order:1" and "order:2"',
    });
    expect(judge({ count: { atLeast: 1, atMost: 3 } }, { after: {} })).toMatchObject({
      expected: '1 to 3 keys matching order:*',
      actual: 'no such key',
    });
  });

  it('names keys that begin nearly so, but for those of the set-up', () => {
    const before = { 'orders:0': 'x' };
    const after = { ...before, 'order:1': 'a', 'orders:2': 'b', order_3: 'c', 'customer:1': 'd' };
    expect(judge({}, { before, after })).toMatchObject({
      actual: '1 key: "order:1"; yours are called order_3 and orders:2',
    });
  });

  it('asks for the type of each', () => {
    const after = { 'order:1': 'a', 'order:2': hash({ a: '1' }) };
    expect(judge({ type: 'hash' }, { after })).toMatchObject({
      passed: false,
      expected: '2 keys matching order:*\neach is a hash',
      actual: 'order:1: a string',
    });
  });

  it.each<[object, EvidenceOptions['after'] & object, string, string?]>([
    [
      { value: { json: { n: 1 } } },
      { 'order:1': '{"n":1}', 'order:2': '{"n":2}' },
      'order:2: "{\\"n\\":2}"',
      'order:2: $.n: expected 1, found 2',
    ],
    [{ value: 'a' }, { 'order:1': 'a', 'order:2': list(['a']) }, 'order:2: a list'],
    [
      { fields: { n: 1, m: 'x' } },
      { 'order:1': hash({ n: '1' }), 'order:2': hash({ n: '1', m: 'x ' }) },
      'order:1: no field "m"\norder:2: "m": "x "',
      'order:2: "m": the value ends with a space that cannot be seen (2 characters, expected 1)',
    ],
    [{ fields: { n: 1 } }, { 'order:1': hash({ n: '1' }), 'order:2': 'n' }, 'order:2: a string'],
    [
      { scores: { n: { atLeast: 1 } } },
      { 'order:1': zset({ n: 1 }), 'order:2': zset({ n: 0.5 }) },
      'order:2: "n": "0.5"',
    ],
    [
      { has: ['a', 'b'] },
      { 'order:1': set(['a', 'b']), 'order:2': set(['a', 'c']) },
      'order:2: a set without it',
    ],
    [
      { first: 'a' },
      { 'order:1': list(['a', 'b']), 'order:2': list(['b', 'a']) },
      'order:2: "b" as its first',
    ],
    [
      { ttl: 'none' },
      { 'order:1': 'a', 'order:2': string('a', { ttl: 60 }) },
      'order:2: a TTL of about 60 s',
    ],
    [{ ttl: 'any' }, { 'order:1': 'a', 'order:2': string('a', { ttl: 60 }) }, 'order:1: no TTL'],
    [
      { ttl: { milliseconds: 60_000, tolerance: 1000 } },
      { 'order:1': string('a', { ttl: 600 }), 'order:2': string('a', { ttl: 60 }) },
      'order:1: a TTL of about 10 min (600 s)',
    ],
  ])('tells which key is not like %j, and why', (each, after, actual, difference) => {
    const finding = judge({ each }, { after });
    expect(finding).toMatchObject({ passed: false, actual, ...(difference && { difference }) });
    if (!difference) expect(finding).not.toHaveProperty('difference');
  });

  it('judges the TTL that was set, however slow the script is', () => {
    const each = { ttl: { milliseconds: 60_000, tolerance: 1000 } };
    const key = (at: number) => ({ ...string('a'), expireAt: START + at + 60_000 }) as never;
    const after = { 'order:1': key(0), 'order:2': key(29_000) };
    expect(judge({ each }, { after, took: 30_000 })).toEqual(PASSED);
    expect(judge({ each }, { after: { ...after, 'order:2': key(32_000) }, took: 30_000 })).toMatchObject({
      passed: false,
    });
  });

  it('tells some of many, and does not pass where not all keys are kept', () => {
    const after = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`order:${index}`, 'x']));
    const { actual } = judge({ count: 9, each: { value: 'a' } }, { after }) as { actual: string };
    expect(actual.split('\n')).toHaveLength(6);
    expect(actual).toMatch(/order:4: "x"\n4 more$/);
    const keys = [
      { key: 'order:1', ...string('a') },
      { key: 'order:2', ...string('a') },
    ] as never;
    expect(judge({}, { after: { databases: [{ index: 0, size: 100, keys }] } })).toMatchObject({
      passed: false,
      actual: 'more keys than are kept: of 98 nobody knows what they are called',
    });
  });

  it('matches names that are no text by their bytes', () => {
    const keys = [bytes(0x6f, 0xff), 'o'].map((key) => ({ key, ...string('a') })) as never;
    const after = { databases: [{ index: 0, size: 2, keys }] };
    expect(judge({ pattern: 'o?', count: 1 }, { after })).toEqual(PASSED);
  });
});
