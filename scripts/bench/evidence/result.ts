/** How many keys, and how many commands, are recorded. */
export const KEYS = 100_000;
export const COMMANDS = 1_000_000;

/** What is measured of the recording of evidence. */
export const EVIDENCE_CASES = {
  snapshot: { what: 'snapshot of 100,000 keys of all types', seconds: 2, peakMiB: 200 },
  keys: { what: 'trace of 1,000,000 commands, each on another key', seconds: null, peakMiB: 200 },
  loop: { what: 'trace of 1,000,000 commands on a key that is judged', seconds: null, peakMiB: 200 },
} as const;

export type EvidenceCase = keyof typeof EVIDENCE_CASES;

/** What the recording of one piece of evidence took. */
export interface EvidenceMeasurement {
  id: EvidenceCase;
  seconds: number;
  /** The most memory that the process held, Node's own included, in MiB. */
  peakMiB: number;
}

export interface EvidenceRow extends EvidenceMeasurement {
  what: string;
  /** What it may take; null where it is only told. */
  target: { seconds: number | null; peakMiB: number };
  met: boolean;
}

/** Puts measurements beside their targets. */
export function summariseEvidence(measurements: readonly EvidenceMeasurement[]): EvidenceRow[] {
  return measurements.map((row) => {
    const { what, seconds, peakMiB } = EVIDENCE_CASES[row.id];
    const met = (seconds === null || row.seconds < seconds) && row.peakMiB < peakMiB;
    return { ...row, what, target: { seconds, peakMiB }, met };
  });
}

/** The rows as a table. */
export function evidenceTable(rows: readonly EvidenceRow[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return [
    'Evidence at scale, each in a process of its own',
    `  ${''.padEnd(width)}  seconds  peak MiB`,
    ...rows.map(({ what, seconds, peakMiB, target, met }) => {
      const limits = [...(target.seconds === null ? [] : [`${target.seconds} s`]), `${target.peakMiB} MiB`];
      const figures = `${seconds.toFixed(2).padStart(9)}${peakMiB.toFixed(0).padStart(10)}`;
      return `  ${what.padEnd(width)}${figures}  target < ${limits.join(' and ')}: ${met ? 'met' : 'MISSED'}`;
    }),
    '',
  ].join('\n');
}
