import { describe, expect, it } from 'vitest';
import { hash, zset } from '../../testing/evidence.ts';
import { judgeCheck } from '../../testing/judge-check.ts';
import { hasItem } from './has-item.ts';
import { outputItems } from './kinds/output-items.ts';
import { printedNeighbours } from './kinds/printed-neighbours.ts';
import { scriptCalled } from './kinds/script-called.ts';
import { unchanged } from './kinds/unchanged.ts';

/** What takes time in proportion to the evidence takes a second or two here; its square would be many minutes. */
const LIMIT_MS = 120_000;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('judging what a learner made large on purpose', { timeout: LIMIT_MS }, () => {
  it('compares the fields of a hash', () => {
    const hashOf = (value: string) =>
      hash(Object.fromEntries(numbers(60_000).map((index) => [`f${index}`, value])));
    const finding = judgeCheck(unchanged, {}, { before: { h: hashOf('a') }, after: { h: hashOf('b') } });
    expect(finding).toMatchObject({ passed: false, actual: expect.stringContaining('59992 more') });
  });

  it('compares the members of a sorted set', () => {
    const boardOf = (score: number) =>
      zset(Object.fromEntries(numbers(60_000).map((index) => [`m${index}`, score])));
    const finding = judgeCheck(unchanged, {}, { before: { z: boardOf(1) }, after: { z: boardOf(2) } });
    expect(finding).toMatchObject({ passed: false, actual: expect.stringContaining('59992 more') });
  });

  it('tells the scripts of many calls apart', () => {
    const commands = numbers(25_000).map((index) => `EVAL "return ${index}" 1 k`);
    const calls = [
      { keys: ['k'], args: [] },
      { keys: ['other'], args: [] },
    ];
    expect(judgeCheck(scriptCalled, { calls }, { commands })).toMatchObject({ passed: false });
  });

  it('looks for a long item among what is nearly the same', () => {
    expect(hasItem('a'.repeat(1_000_000), 'a'.repeat(30_000))).toBe(false);
    expect(hasItem(`${'a'.repeat(1_000_000)} ${'a'.repeat(30_000)}`, 'a'.repeat(30_000))).toBe(true);
    expect(hasItem('a '.repeat(500_000), `${'a '.repeat(15_000)}b`)).toBe(false);
  });

  it('does not look for more items than it has time for, and says so', () => {
    const names = numbers(90_000).map((index) => `session:${index}`);
    const keys = Object.fromEntries(names.map((name) => [name, '1']));
    const run = { before: keys, after: keys, stdout: names.join('\n') };
    expect(judgeCheck(outputItems, { from: { keys: 'session:' } }, run)).toMatchObject({
      passed: false,
      actual: expect.stringContaining('too many to be looked for'),
    });
    const board = {
      board: zset(Object.fromEntries(names.map((name, index) => [name, index]))),
      who: names[5] ?? '',
    };
    const neighbours = { key: 'board', memberIn: 'who' };
    expect(judgeCheck(printedNeighbours, neighbours, { ...run, before: board, after: board })).toMatchObject({
      passed: false,
      actual: 'more output than can be searched for all the other members',
    });
  });
});
