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
