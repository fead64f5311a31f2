import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/batch.ts';
import { exactShares } from './points.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('exactShares', () => {
  it('sums up to the total, to the last bit', () => {
    const random = seeded(18);
    for (let round = 0; round < 3_000; round += 1) {
      const weights = Array.from({ length: 1 + Math.floor(random() * 400) }, () =>
        random() < 0.3 ? 0 : Math.ceil(random() * 40) / 8,
      );
      const total = Math.round(random() * 10 ** Math.floor(random() * 9)) / 10_000;
      const shares = exactShares(total, weights);
      const expected = sum(weights) === 0 ? 0 : total;
      expect(sum(shares)).toBe(expected);
      const fair = (index: number) => (expected === 0 ? 0 : (total * (weights[index] ?? 0)) / sum(weights));
      const unfair = shares.filter(
        (share, index) => share < 0 || Math.abs(share - fair(index)) > total * 1e-9,
      );
      expect(unfair).toEqual([]);
    }
  });

  it('leaves numbers that sum up by themselves as they are', () => {
    expect(exactShares(6, [1, 2, 3])).toEqual([1, 2, 3]);
    expect(exactShares(2.5, [0.5, 0, 2])).toEqual([0.5, 0, 2]);
    expect(exactShares(0, [1, 2])).toEqual([0, 0]);
  });

  it('mends what a gradebook was told', () => {
    expect(sum(Array.from({ length: 70 }, () => 0.1))).toBe(6.999999999999991);
    expect(sum(exactShares(7, Array(70).fill(1)))).toBe(7);
    expect(sum(exactShares(100, Array(370).fill(1)))).toBe(100);
  });
});
