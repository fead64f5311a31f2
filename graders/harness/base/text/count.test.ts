import { describe, expect, it } from 'vitest';
import { count, list, shortList, thousands } from './count.ts';

describe('count', () => {
  it.each([
    [count(0, 'key'), '0 keys'],
    [count(1, 'key'), '1 key'],
    [count(2, 'key'), '2 keys'],
    [count(2, 'entry', 'entries'), '2 entries'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('list', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('joins %j', (items, expected) => {
    expect(list(items)).toBe(expected);
  });

  it('takes another conjunction', () => {
    expect(list(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });
});

describe('shortList', () => {
  const items = ['a', 'b', 'c', 'd'];

  it.each([
    [items, 4, undefined, 'a, b, c and d'],
    [items, 2, undefined, 'a, b and 2 more'],
    // Where only some of the items are known by name.
    [items, 4, 10, 'a, b, c, d and 6 more'],
    [items, 2, 10, 'a, b and 8 more'],
    [[], 5, 3, '3 more'],
  ])('of %j, at most %i of %s', (all, limit, total, expected) => {
    expect(shortList(all, limit, total)).toBe(expected);
  });
});

describe('thousands', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [12_345_678, '12,345,678'],
  ])('%i', (number, expected) => {
    expect(thousands(number)).toBe(expected);
  });
});
