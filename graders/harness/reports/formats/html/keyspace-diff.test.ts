import { describe, expect, it } from 'vitest';
import {
  bytes,
  hash,
  hyperloglog,
  type Keys,
  keyspace,
  list,
  START,
  set,
  string,
  zset,
} from '../../../testing/evidence.ts';
import { diffKeyspaces } from './keyspace-diff.ts';

/** The one key of a database before and after. */
function diffOne(before: Keys, after: Keys) {
  const [database] = diffKeyspaces(keyspace(before), keyspace(after), START);
  const key = database?.keys[0];
  const [change, elements] = [key?.change, key?.elements()];
  return {
    change,
    elements: elements?.map(({ change, name, before, after }) => [change, name, before, after]),
  };
}

describe('diffKeyspaces', () => {
  it('has every database that holds keys before or after, by index', () => {
    const before = keyspace({ a: '1' }, { 7: { b: '1' } });
    const after = keyspace({ a: '1', c: '2' }, { 3: { d: '1' } });
    expect(
      diffKeyspaces(before, after, START).map(({ index, keys }) => [
        index,
        keys.map(({ name, change }) => [name, change]),
      ]),
    ).toEqual([
      [
        0,
        [
          ['a', 'same'],
          ['c', 'added'],
        ],
      ],
      [3, [['d', 'added']]],
      [7, [['b', 'removed']]],
    ]);
  });

  it('tells how many keys were not read', () => {
    const [database] = keyspace({ a: '1' }).databases;
    const cut = { databases: database ? [{ ...database, size: 50 }] : [] };
    expect(diffKeyspaces(keyspace({}), cut, START)[0]?.sizes).toEqual({ before: 0, after: 50, unread: 49 });
  });

  it('compares strings', () => {
    expect(diffOne({ k: '7' }, { k: '5' })).toEqual({
      change: 'changed',
      elements: [['changed', null, '"7"', '"5"']],
    });
    expect(diffOne({ k: string(bytes(0, 0xff)) }, { k: string(bytes(0, 0xff)) })).toEqual({
      change: 'same',
      elements: [['same', null, '"\\x00\\xff"', '"\\x00\\xff"']],
    });
  });

  it('sees what differs beyond what is shown', () => {
    const long = 'x'.repeat(5_000);
    expect(diffOne({ k: `${long}a` }, { k: `${long}b` }).change).toBe('changed');
  });

  it('compares hashes by field', () => {
    expect(
      diffOne({ k: hash({ a: '1', b: '2', 'c c': '3' }) }, { k: hash({ a: '1', b: '9', d: '4' }) }),
    ).toEqual({
      change: 'changed',
      elements: [
        ['removed', '"c c"', '"3"', null],
        ['same', 'a', '"1"', '"1"'],
        ['changed', 'b', '"2"', '"9"'],
        ['added', 'd', null, '"4"'],
      ],
    });
  });

  it('compares sets and sorted sets by member', () => {
    expect(diffOne({ k: set(['a', 'b']) }, { k: set(['b', 'c']) }).elements).toEqual([
      ['removed', 'a', null, null],
      ['same', 'b', null, null],
      ['added', 'c', null, null],
    ]);
    expect(diffOne({ k: zset({ a: 1, b: 2 }) }, { k: zset({ a: 1, b: 3 }) }).elements).toEqual([
      ['same', 'a', '1', '1'],
      ['changed', 'b', '2', '3'],
    ]);
  });

  it('compares lists in their order', () => {
    expect(diffOne({ k: list(['a', 'b', 'c']) }, { k: list(['b', 'c', 'a']) }).elements).toEqual([
      ['removed', null, '"a"', null],
      ['same', '0', '"b"', '"b"'],
      ['same', '1', '"c"', '"c"'],
      ['added', '2', null, '"a"'],
    ]);
  });

  it('takes a key of another type for replaced', () => {
    expect(diffOne({ k: set(['a']) }, { k: 'a' })).toEqual({
      change: 'changed',
      elements: [
        ['removed', 'a', null, null],
        ['added', null, null, '"a"'],
      ],
    });
  });

  it('compares HyperLogLogs by what they count, whoever has counted', () => {
    const text = 'counts about 3 different elements';
    expect(diffOne({ k: hyperloglog(3) }, { k: hyperloglog(3, 1) })).toEqual({
      change: 'same',
      elements: [['same', null, text, text]],
    });
    expect(diffOne({ k: hyperloglog(3) }, { k: hyperloglog(4) }).change).toBe('changed');
  });

  it('counts a TTL as a part of the key', () => {
    expect(diffOne({ k: 'v' }, { k: string('v', { ttl: 60 }) }).change).toBe('changed');
  });
});
