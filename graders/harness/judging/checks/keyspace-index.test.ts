import { describe, expect, it } from 'vitest';
import type { Keyspace } from '../../evidence/evidence.ts';
import { hash, keyspace, string } from '../../testing/evidence.ts';
import { KeyspaceIndex } from './keyspace-index.ts';

const names = (keys: Iterable<{ key: unknown }>) => Array.from(keys, ({ key }) => key);

describe('KeyspaceIndex', () => {
  const index = new KeyspaceIndex(
    keyspace({ 'b:2': '2', a: hash({ f: '1' }), 'b:1': '1' }, { 3: { a: 'other' } }),
  );

  it('finds keys by name in their database', () => {
    expect(index.find('a', 0)).toMatchObject({ type: 'hash' });
    expect(index.find('a', 3)).toMatchObject({ value: 'other' });
    expect([index.find('a', 1), index.find('c', 0)]).toEqual([undefined, undefined]);
  });

  it('finds those whose names begin alike, in order', () => {
    expect(names(index.startingWith('b:', 0))).toEqual(['b:1', 'b:2']);
    expect(names(index.startingWith('a', 3))).toEqual(['a']);
    expect(names(index.startingWith('x', 0))).toEqual([]);
  });

  it('has all keys by the bytes of their names, whatever order they come in', () => {
    expect(index.all.map(({ db, key }) => [db, key.key])).toEqual([
      [0, 'a'],
      [0, 'b:1'],
      [0, 'b:2'],
      [3, 'a'],
    ]);
    // By code units the smiley comes before the fullwidth letter, by bytes behind it.
    const odd = ['\u{1f600}', '\u{ff21}', 'z', { base64: '/w==' }, { base64: 'gA==' }];
    const keys = odd.map((key) => ({ key, ...string('1') })) as Keyspace['databases'][number]['keys'];
    const sorted = new KeyspaceIndex({ databases: [{ index: 0, size: 5, keys }] }).all;
    expect(sorted.map(({ key }) => key.key)).toEqual([
      'z',
      { base64: 'gA==' },
      '\u{ff21}',
      '\u{1f600}',
      { base64: '/w==' },
    ]);
  });

  it('finds no key whose name is no text', () => {
    const keys = [{ key: { base64: '/w==' }, ...string('1') }] as Keyspace['databases'][number]['keys'];
    expect(new KeyspaceIndex({ databases: [{ index: 0, size: 1, keys }] }).find('', 0)).toBeUndefined();
  });
});
