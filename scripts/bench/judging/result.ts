/** How fast the evidence of one challenge is judged. */
export interface JudgingRow {
  /** The challenge. */
  what: string;
  /** How many checks its grader has. */
  checks: number;
  /** How many different evidences were judged, and how large they are in the mean. */
  evidences: number;
  kib: number;
  /** Evidences in a second on one core. */
  perSecond: number;
  /** The least that it may be; null where it is only told. */
  target: number | null;
}

export interface JudgingResult {
  rows: (JudgingRow & {
    /** Null where there is no target. */
    met: boolean | null;
  })[];
}

/** Puts what was measured beside its targets, the slowest first. */
export function summariseJudging(rows: readonly JudgingRow[]): JudgingResult {
  return {
    rows: [...rows]
      .sort((one, other) => one.perSecond - other.perSecond)
      .map((row) => ({ ...row, met: row.target === null ? null : row.perSecond >= row.target })),
  };
}

/** The result as a table. */
export function judgingTable({ rows }: JudgingResult): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return [
    'Judging, without recording evidence or reading it; CPU time of one core',
    `  ${''.padEnd(width)}  checks  evidences  KiB each  a second`,
    ...rows.map(({ what, checks, evidences, kib, perSecond, target, met }) =>
      [
        `  ${what.padEnd(width)}`,
        String(checks).padStart(6),
        String(evidences).padStart(9),
        kib.toFixed(1).padStart(8),
        perSecond.toFixed(0).padStart(8),
        ...(target === null ? [] : [`target >= ${target}: ${met ? 'met' : 'MISSED'}`]),
      ].join('  '),
    ),
    '',
  ].join('\n');
}
