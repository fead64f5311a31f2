import { describe, expect, it } from 'vitest';
import { addedPercent, replayTable, summariseReplay } from './result.ts';

describe('the result of the benchmark of the replay', () => {
  it('puts medians beside their targets', () => {
    const rows = summariseReplay([
      { id: 'grade', median: 15, least: 9 },
      { id: 'batch', median: 10.5, least: 8 },
      { id: 'long', median: 1_400, least: 1_300 },
    ]);
    expect(rows.map(({ id, atMost, met }) => [id, atMost, met])).toEqual([
      ['grade', 15, true],
      ['batch', 10, false],
      ['long', 2_000, true],
    ]);
  });

  it('is a table', () => {
    const table = replayTable(summariseReplay([{ id: 'long', median: 2_500, least: 1_900 }]));
    expect(table.split('\n').slice(1)).toEqual([
      '                                     median   least',
      '  ms for a trace of 25,000 commands  2500.0  1900.0  target <= 2000: MISSED',
      '',
    ]);
  });

  it('tells what a part of some time was more than the rest of it', () => {
    expect(addedPercent(110, 10)).toBeCloseTo(10);
  });
});
