import { describe, expect, it } from 'vitest';
import { measureCase } from './measure-evidence.ts';
import { evidenceTable, summariseEvidence } from './result.ts';

describe('the result of the benchmark of evidence', () => {
  it('puts figures beside their targets', () => {
    const rows = summariseEvidence([
      { id: 'snapshot', seconds: 1.5, peakMiB: 180 },
      { id: 'keys', seconds: 60, peakMiB: 199 },
    ]);
    expect(rows.map(({ met }) => met)).toEqual([true, true]);
    expect(rows[0]).toMatchObject({ id: 'snapshot', target: { seconds: 2, peakMiB: 200 } });
  });

  it('tells which are missed, in time or in memory', () => {
    const rows = summariseEvidence([
      { id: 'snapshot', seconds: 2.5, peakMiB: 180 },
      { id: 'loop', seconds: 3, peakMiB: 300 },
    ]);
    expect(rows.map(({ met }) => met)).toEqual([false, false]);
    expect(evidenceTable(rows)).toMatch(/ +2\.50 +180 {2}target < 2 s and 200 MiB: MISSED\n/);
    expect(evidenceTable(rows)).toMatch(/ +3\.00 +300 {2}target < 200 MiB: MISSED\n/);
  });
});

describe('measureCase', () => {
  it('collects a long trace, and finds in it what is asked for', async () => {
    const { peakMiB } = await measureCase('keys', 20);
    expect(peakMiB).toBeGreaterThan(10);
  });
});
