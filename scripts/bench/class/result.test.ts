import { describe, expect, it } from 'vitest';
import { type ClassRow, type ClassRowId, classTable, summariseClass } from './result.ts';
import { measureUsage } from './usage.ts';

const SIZES = { small: 100, large: 1000, docker: 100, jobs: 2 };

function row(id: ClassRowId, count: number, seconds: number, options: Partial<ClassRow> = {}): ClassRow {
  return { id, count, seconds, cpuMs: count * 10, childCpuMs: count * 8, peakMiB: 150, ...options };
}

const ALL = [
  row('servers', 100, 1, { cpuMs: 20, childCpuMs: 700 }),
  row('small', 100, 2.5),
  row('large', 1000, 25, { peakMiB: 180 }),
  row('regrade', 1000, 4),
  row('engine', 100, 20),
  row('docker', 100, 21),
  row('naive', 100, 84),
];

describe('the result of the benchmark of classes', () => {
  it('compares figures of one run with their targets', () => {
    const { targets, rows } = summariseClass(ALL, SIZES);
    expect(rows[2]).toMatchObject({ id: 'large', name: 'batch, local engine', perSecond: 40 });
    expect(targets.map(({ value, met }) => [Number(value.toFixed(3)), met])).toEqual([
      [40, true],
      [11, true],
      [1.2, true],
      [4, true],
      [0.952, true],
      [4, null],
    ]);
  });

  it('tells which are missed', () => {
    const slow = [row('large', 1000, 100), row('engine', 100, 20), row('docker', 100, 40)];
    const result = summariseClass(slow, SIZES);
    expect(result.targets.map(({ met }) => met)).toEqual([false, false]);
    expect(classTable(result)).toMatch(/local: submissions a second +10\.00 {2}target >= 25\.00: MISSED\n/);
  });

  it('leaves out what was not measured, or what the system does not tell', () => {
    expect(summariseClass([], SIZES).targets).toEqual([]);
    const rows = [row('servers', 100, 1), row('large', 1000, 25, { childCpuMs: null })];
    const result = summariseClass(rows, SIZES);
    expect(result.targets.map(({ what }) => what)).toEqual(['local: submissions a second']);
    expect(classTable(result)).toMatch(/batch, local engine +1000 +25\.00 +40\.0 +– +10\.0 +150\n/);
  });
});

describe('measureUsage', () => {
  it('tells what a program and what it started took', async () => {
    const busy = 'const end = Date.now() + 1e9; let n = 0; while (process.cpuUsage().user < 2e5) n += end;';
    const program = `${busy} require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}]);`;
    const { seconds, cpuMs, childCpuMs, peakMiB } = await measureUsage(['-e', program]);
    expect(cpuMs).toBeGreaterThanOrEqual(200);
    if (process.platform === 'linux') expect(childCpuMs).toBeGreaterThanOrEqual(190);
    expect(seconds * 1000).toBeGreaterThanOrEqual(200);
    expect(peakMiB).toBeGreaterThan(10);
  });

  it('refuses to measure a failure', async () => {
    await expect(measureUsage(['-e', 'console.error("oh no"); process.exitCode = 3'])).rejects.toThrow(
      /ended with exit code 3: oh no/,
    );
  });
});
