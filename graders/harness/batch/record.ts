import type { Report } from '../report/report.ts';

/** One submission's challenge, graded: a line of the journal. */
export interface BatchRecord {
  submission: string;
  challenge: string;
  /** What tells whether the work has changed since: the commit, or a digest of the script. */
  fingerprint: string;
  /** How often it was tried: more than once after faults of ours. */
  attempts: number;
  report: Report;
  /** The file of its evidence, below the batch's folder; null where nothing was run. */
  evidence: string | null;
  /** ISO 8601, UTC. */
  finishedAt: string;
  /** What it took from its start to its report, in ms. */
  tookMs: number;
}

/** What a record is about. */
export function recordKey({ submission, challenge }: Pick<BatchRecord, 'submission' | 'challenge'>): string {
  return `${challenge}\u0000${submission}`;
}
