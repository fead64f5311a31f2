import { describe, expect, it } from 'vitest';
import { hardLimits, limitsIn } from './hard-limits.ts';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max file size             unlimited            61440000             bytes
Max data size             unlimited            unlimited            bytes
Max processes             1000                 1500                 processes
Max open files            256                  512                  files
`;

describe('limitsIn', () => {
  it('finds the limits that cannot be raised', () => {
    expect(limitsIn(LIMITS)).toEqual({ data: Infinity, fileBytes: 61_440_000, files: 512, processes: 1500 });
  });

  it('takes what is not told for no limit', () => {
    expect(new Set(Object.values(limitsIn('')))).toEqual(new Set([Infinity]));
  });
});

describe('hardLimits', () => {
  it('tells those of this process', () => {
    for (const limit of Object.values(hardLimits())) expect(limit).toBeGreaterThan(0);
  });
});
