import { describe, expect, it } from 'vitest';
import type { CheckFile } from '../challenges/grader/grader-file.ts';
import { expectationsOf } from './check-expectations.ts';

const check = (kind: string, parameters: Record<string, unknown>): CheckFile => ({
  id: 'a',
  title: 'It holds',
  points: 1,
  hints: ['one', 'two'],
  kind,
  ...parameters,
});

describe('expectationsOf', () => {
  it('takes fields and their values of a hash', () => {
    const fields = {
      a: '1',
      b: { oneOf: ['x', 'y'] },
      c: { increasedBy: 3 },
      d: { isoDateTime: true, not: 'z' },
    };
    expect(expectationsOf(check('hash-fields', { key: 'k', fields }))).toMatchObject({
      keys: ['k'],
      fields: ['a', 'b', 'c', 'd'],
      values: ['1', 'x', 'y'],
      amounts: [3],
    });
  });

  it('takes what matchers name as right, however deep', () => {
    const fields = {
      a: { json: { name: 'Ada', tags: ['x', { n: 7 }], no: null } },
      b: { jsonHas: { '$.city': 'Rome', '$.stock': { increasedBy: -2 } } },
      c: { allOf: [{ atLeast: 3 }, { anyOf: [{ between: [4, 5] }, { near: { number: 6, tolerance: 1 } }] }] },
      d: { not: { equals: 'secret' }, length: 12 },
    };
    expect(expectationsOf(check('hash-fields', { key: 'k', fields }))).toMatchObject({
      values: ['Ada', 'x', '7', 'Rome', '3', '4', '5', '6'],
      amounts: [-2],
    });
  });

  it('takes the pattern of keys, and what each of them holds', () => {
    const each = { fields: { item: 'lamp' }, value: { atLeast: 2 }, has: ['a'] };
    expect(expectationsOf(check('keys-matching', { pattern: 'order:*', count: 3, each }))).toMatchObject({
      keys: ['order:*'],
      fields: ['item'],
      values: ['2', 'lamp', 'a'],
    });
    expect(expectationsOf(check('output-matches', { pattern: '^total' })).keys).toEqual([]);
  });

  it('takes each of several commands', () => {
    const commands = [
      { command: 'DECRBY', args: ['stock', 2] },
      { anyOf: [{ command: 'LPUSH' }, { command: 'RPUSH' }] },
    ];
    expect(expectationsOf(check('ran-together', { commands })).commands).toEqual([
      { names: ['DECRBY'], args: ['stock', '2'], whole: true },
      { names: ['LPUSH'], args: [], whole: true },
      { names: ['RPUSH'], args: [], whole: true },
    ]);
  });

  it('takes the members of a sorted set with their scores', () => {
    const { values } = expectationsOf(check('sorted-set-members', { key: 'k', members: { vader: 98.5 } }));
    expect(values).toEqual(['vader', '98.5']);
  });

  it('takes what is to be printed as answers, not as values', () => {
    const { values, answers } = expectationsOf(check('output-items', { items: [5], without: ['secret'] }));
    expect({ values, answers }).toEqual({ values: [], answers: ['5'] });
  });

  it('takes commands with the arguments that are fixed', () => {
    const anyOf = [
      { command: ['HGET', 'hmget'], args: ['k'], has: ['a'] },
      { command: 'SCAN', args: [{ pattern: '^\\d+$' }, 'MATCH'] },
      { command: 'SCRIPT LOAD' },
    ];
    expect(expectationsOf(check('command-ran', { anyOf })).commands).toEqual([
      { names: ['HGET', 'HMGET'], args: ['k'], whole: false },
      { names: ['SCAN'], args: [], whole: false },
      { names: ['SCRIPT LOAD'], args: [], whole: true },
    ]);
  });

  it.each(['command-not-run', 'unchanged', 'only-keys', 'key-absent'])('%s expects nothing', (kind) => {
    const { keys, commands } = expectationsOf(
      check(kind, { key: 'k', keys: ['k'], command: 'DEL', args: ['k'] }),
    );
    expect({ keys, commands }).toEqual({ keys: [], commands: [] });
  });
});
