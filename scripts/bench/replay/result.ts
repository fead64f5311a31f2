/** How many commands the long trace has: as many as evidence keeps without a gap. */
export const COMMANDS = 25_000;

/** What is measured of running a trace once more. */
const REPLAY_CASES = {
  grade: { what: 'ms that it adds to a grade of sessions/cantina', atMost: 15 },
  batch: { what: '% that it adds to a batch of these, 2 at a time', atMost: 10 },
  long: { what: 'ms for a trace of 25,000 commands', atMost: 2_000 },
} as const;

export type ReplayCase = keyof typeof REPLAY_CASES;

/** What the rounds of one case came to, in its unit. */
export interface ReplayMeasurement {
  id: ReplayCase;
  median: number;
  least: number;
}

export interface ReplayRow extends ReplayMeasurement {
  what: string;
  atMost: number;
  met: boolean;
}

/** Puts measurements beside their targets. */
export function summariseReplay(measurements: readonly ReplayMeasurement[]): ReplayRow[] {
  return measurements.map((row) => {
    const { what, atMost } = REPLAY_CASES[row.id];
    return { ...row, what, atMost, met: row.median <= atMost };
  });
}

/** What so much time in all was more, in %, than it would have been without this part of it. */
export function addedPercent(all: number, part: number): number {
  return (part / (all - part)) * 100;
}

/** The rows as a table. */
export function replayTable(rows: readonly ReplayRow[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return [
    'Replay: the commands of a run, run once more on the local engine',
    `  ${''.padEnd(width)}  median   least`,
    ...rows.map(({ what, median, least, atMost, met }) => {
      const figures = `${median.toFixed(1).padStart(8)}${least.toFixed(1).padStart(8)}`;
      return `  ${what.padEnd(width)}${figures}  target <= ${atMost}: ${met ? 'met' : 'MISSED'}`;
    }),
    '',
  ].join('\n');
}
