import { describe, expect, it } from 'vitest';
import { median, time } from './measure.ts';
import type { ProgramId } from './programs.ts';
import { resultTable, SKIPPED, summarise } from './result.ts';

const times = (entries: Partial<Record<ProgramId, number[]>>) =>
  new Map(Object.entries(entries) as [ProgramId, number[]][]);

const quick = times({
  bare: [100, 90, 500],
  help: [150, 140, 900],
  list: [300],
  local: [200],
  docker: [900],
  byHand: [800],
  naive: [2000],
});

describe('median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });
});

describe('time', () => {
  const program = (script: string) => ({
    name: 'it',
    command: [process.execPath, '-e', script] as const,
    docker: false,
  });

  it('takes as long as the program does', async () => {
    expect(await time(program('setTimeout(() => {}, 200)'))).toBeGreaterThanOrEqual(200);
  });

  it('refuses to time a failure', async () => {
    await expect(time(program('console.error("oh no"); process.exitCode = 3'))).rejects.toThrow(
      'it ended with exit code 3: oh no',
    );
  });
});

describe('the result of the benchmark', () => {
  it('compares medians of one run, and tells which targets are met', () => {
    const { ratios, programs } = summarise(quick, 3, false);
    expect(programs[0]).toEqual({ id: 'bare', name: 'node -e 0', medianMs: 100, fastestMs: 90 });
    expect(ratios).toMatchObject([
      { of: 'help', to: 'bare', ratio: 1.5, atMost: 1.5, met: true },
      { of: 'list', to: 'bare', ratio: 3, atMost: 2, met: false },
      { of: 'local', to: 'naive', ratio: 0.1, atMost: 0.15, met: true },
      { of: 'docker', to: 'naive', ratio: 0.45, atMost: 0.45, met: true },
      { of: 'docker', to: 'byHand', ratio: 1.125, atMost: 1.5, met: true },
    ]);
  });

  it('tells which targets are missed', () => {
    const slow = times({ ...Object.fromEntries(quick), help: [200], local: [1000] });
    const result = summarise(slow, 3, false);
    expect(result.ratios.filter(({ met }) => met === false).map(({ of }) => of)).toEqual([
      'help',
      'list',
      'local',
    ]);
    expect(resultTable(result)).toMatch(
      /keyspace-grader --help \/ node -e 0 +2\.00 {2}target <= 1\.50: MISSED\n/,
    );
  });

  it('skips what needs Docker where there is none, and holds it against nobody', () => {
    const result = summarise(times({ bare: [100], help: [150], list: [150], local: [200] }), 3, false);
    expect(result.ratios.map(({ ratio }) => ratio)).toEqual([1.5, 1.5, null, null, null]);
    expect(result.ratios.some(({ met }) => met === false)).toBe(false);
    const lines = resultTable(result).split('\n');
    expect(lines.filter((line) => line.endsWith(SKIPPED)).length).toBe(6);
  });
});
