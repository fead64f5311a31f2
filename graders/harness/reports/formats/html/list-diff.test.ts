import { describe, expect, it } from 'vitest';
import { diffLists } from './list-diff.ts';

/** `=a` for what stayed, `-a` for what is gone, `+a` for what came. */
function diff(before: string, after: string): string {
  const [old, now] = [before.split(''), after.split('')];
  return diffLists(old, now)
    .map((pair) => {
      if (pair.before === null) return `+${now[pair.after ?? -1]}`;
      return pair.after === null ? `-${old[pair.before]}` : `=${now[pair.after]}`;
    })
    .join(' ');
}

describe('diffLists', () => {
  it.each([
    ['', '', ''],
    ['', 'ab', '+a +b'],
    ['ab', '', '-a -b'],
    ['abc', 'abc', '=a =b =c'],
    ['abc', 'bc', '-a =b =c'],
    ['abc', 'xabc', '+x =a =b =c'],
    ['abc', 'axc', '=a -b +x =c'],
    ['abcd', 'bxd', '-a =b -c +x =d'],
    ['aa', 'aaa', '=a =a +a'],
    ['abcde', 'eabcd', '+e =a =b =c =d -e'],
  ])('of %j and %j', (before, after, expected) => {
    expect(diff(before, after)).toBe(expected);
  });

  it('takes what is long and differs as replaced, and keeps every element once', () => {
    const before = Array.from({ length: 2_000 }, (_, index) => `old ${index}`);
    const after = Array.from({ length: 2_000 }, (_, index) => `new ${index}`);
    const pairs = diffLists(['same', ...before], ['same', ...after]);
    expect(pairs).toHaveLength(4_001);
    expect(pairs.slice(0, 2)).toEqual([
      { before: 0, after: 0 },
      { before: 1, after: null },
    ]);
  });
});
