import { describe, expect, it } from 'vitest';
import { batchResults } from '../../../testing/batch-results.ts';
import { check, failed, report } from '../../../testing/report.ts';
import { distribution, mean, median } from './distribution.ts';
import { commonestFailures } from './failures.ts';
import { duration } from './lists.ts';
import { align } from './side-by-side.ts';
import { groupsOf } from './similar.ts';

describe('distribution', () => {
  it('has a bin for each point where these are few', () => {
    const bins = distribution([0, 2, 2, 3], 3);
    expect(bins.map(({ label, count }) => [label, count])).toEqual([
      ['0', 1],
      ['1', 0],
      ['2', 2],
      ['3', 1],
    ]);
  });

  it('has ten bins otherwise, all points in the last one', () => {
    const counts = (scores: number[], maxScore: number) =>
      distribution(scores, maxScore).map(({ count }) => count);
    expect(counts([0, 9, 10, 95, 100], 100)).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 2]);
    expect(counts([0.5, 1], 1)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('reckons mean and median', () => {
    expect([mean([1, 2, 6]), median([6, 1, 2]), median([4, 1, 2, 3])]).toEqual([3, 2, 2.5]);
    expect([mean([]), median([])]).toEqual([null, null]);
  });
});

describe('commonestFailures', () => {
  it('counts what failed of what was judged, with an example of what was found most often', () => {
    const found = (actual: string) => [check('one'), failed('ttl', { actual })];
    const results = batchResults([
      { id: 'ana', reports: [report({ checks: found('a TTL of 60 s') })] },
      { id: 'ben', reports: [report({ checks: found('no TTL') })] },
      { id: 'eve', reports: [report({ checks: found('no TTL') })] },
      { id: 'joe', reports: [report({ checks: [check('one'), check('ttl')] })] },
      { id: 'sam', reports: [report({ checks: [check('one'), check('ttl', { status: 'skipped' })] })] },
    ]);
    const [first, ...others] = commonestFailures(results);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ failed: 3, judged: 5, alike: 2, check: { id: 'ttl' } });
    expect(first?.example.row.id).toBe('ben');
  });
});

describe('duration', () => {
  it.each([
    [30, '30 s'],
    [60, '1 min'],
    [3600, '1 h'],
    [3900, '1 h 5 min'],
    [86_400, '1 d'],
    [100_000, '1 d 3 h'],
  ])('of %d s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});

describe('align', () => {
  it('puts what both have in one row', () => {
    expect(align(['a', 'b', 'd'], ['b', 'c', 'd'])).toEqual([
      ['a', null],
      ['b', 'b'],
      [null, 'c'],
      ['d', 'd'],
    ]);
    expect(align([], ['a'])).toEqual([[null, 'a']]);
  });
});

describe('groupsOf', () => {
  it('puts pairs that share somebody together', () => {
    const pair = (left: string, right: string, similarity: number) => ({ left, right, similarity, rare: [] });
    const pairs = [pair('a', 'b', 1), pair('c', 'd', 0.95), pair('x', 'y', 0.9), pair('b', 'c', 0.85)];
    const groups = groupsOf('sessions/cantina', pairs);
    expect(groups.map(({ members }) => members)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['x', 'y'],
    ]);
    expect(groups[0]?.pairs.map(({ similarity }) => similarity)).toEqual([1, 0.95, 0.85]);
  });
});
