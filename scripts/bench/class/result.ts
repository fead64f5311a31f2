import type { Usage } from './usage.ts';

/** How many are graded, and how many at a time. */
export interface ClassSizes {
  small: number;
  large: number;
  docker: number;
  jobs: number;
}

/** What is measured of a class. */
const CLASS_NAMES = {
  servers: 'valkey-server, start and end',
  small: 'batch, local engine',
  large: 'batch, local engine',
  regrade: 'regrade, every report another',
  engine: 'docker run, docker rm',
  docker: 'batch, docker engine',
  naive: 'vitest + testcontainers',
} as const;

export type ClassRowId = keyof typeof CLASS_NAMES;

export interface ClassRow extends Usage {
  id: ClassRowId;
  /** How many submissions (or servers, or containers). */
  count: number;
}

/** What a class is measured by. */
interface ClassTarget {
  what: string;
  value: number;
  /** The least or the most that it may be; null where it is only told. */
  atLeast: number | null;
  below: number | null;
  met: boolean | null;
}

export interface ClassResult {
  sizes: ClassSizes;
  rows: (ClassRow & { name: string; perSecond: number })[];
  targets: ClassTarget[];
}

/** Puts measurements of one run together; what was not measured is left out. */
export function summariseClass(rows: readonly ClassRow[], sizes: ClassSizes): ClassResult {
  const found = new Map(rows.map((row) => [row.id, row]));
  const rate = (id: ClassRowId) => per(found.get(id), (row) => row.count / row.seconds);
  const cpu = (id: ClassRowId) =>
    per(found.get(id), ({ cpuMs, childCpuMs, count }) =>
      childCpuMs === null ? null : (cpuMs + childCpuMs) / count,
    );
  const serverCpu = per(found.get('servers'), ({ childCpuMs, count }) => childCpuMs && childCpuMs / count);
  const peak = (id: ClassRowId) => per(found.get(id), ({ peakMiB }) => peakMiB);
  const seconds = (id: ClassRowId) => per(found.get(id), (row) => row.seconds);
  const large = `${sizes.large} submissions`;
  return {
    sizes,
    rows: rows.map((row) => ({ ...row, name: CLASS_NAMES[row.id], perSecond: row.count / row.seconds })),
    targets: [
      target('local: submissions a second', rate('large'), { atLeast: 25 }),
      target("local: ms of CPU a submission beyond the server's own", minus(cpu('large'), serverCpu), {
        below: 30,
      }),
      target(`local: memory, ${large} / ${sizes.small}`, over(peak('large'), peak('small')), { below: 1.25 }),
      target(`regrade: seconds for ${large}`, seconds('regrade'), { below: 10 }),
      target("docker: of the engine's own rate", over(rate('docker'), rate('engine')), { atLeast: 0.9 }),
      target('docker: times the rate of vitest + testcontainers', over(rate('docker'), rate('naive')), {}),
    ].flat(),
  };
}

function per<T>(row: ClassRow | undefined, figure: (row: ClassRow) => T): T | null {
  return row === undefined ? null : figure(row);
}

function over(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one / other;
}

function minus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one - other;
}

function target(
  what: string,
  value: number | null,
  { atLeast = null, below = null }: { atLeast?: number | null; below?: number | null },
): ClassTarget[] {
  if (value === null) return [];
  const met = atLeast !== null ? value >= atLeast : below !== null ? value < below : null;
  return [{ what, value, atLeast, below, met }];
}

/** The result as a table. */
export function classTable({ rows, targets, sizes }: ClassResult): string {
  const width = Math.max(...Object.values(CLASS_NAMES).map((name) => name.length));
  const what = Math.max(...targets.map((target) => target.what.length));
  return [
    `Classes of command files, ${sizes.jobs} at a time`,
    `  ${''.padEnd(width)}  count   seconds  a second  CPU ms each  of which its own  peak MiB`,
    ...rows.map(({ name, count, seconds, perSecond, cpuMs, childCpuMs, peakMiB }) =>
      [
        `  ${name.padEnd(width)}`,
        String(count).padStart(5),
        seconds.toFixed(2).padStart(8),
        perSecond.toFixed(1).padStart(8),
        (childCpuMs === null ? '–' : ((cpuMs + childCpuMs) / count).toFixed(1)).padStart(11),
        (cpuMs / count).toFixed(1).padStart(16),
        peakMiB.toFixed(0).padStart(8),
      ].join('  '),
    ),
    ...(targets.length > 0 ? [''] : []),
    ...targets.map(({ what: title, value, atLeast, below, met }) => {
      const limit = atLeast === null ? `< ${below?.toFixed(2)}` : `>= ${atLeast.toFixed(2)}`;
      const verdict = met === null ? '' : `  target ${limit}: ${met ? 'met' : 'MISSED'}`;
      return `  ${title.padEnd(what)}${value.toFixed(2).padStart(8)}${verdict}`;
    }),
    '',
  ].join('\n');
}
