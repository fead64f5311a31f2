import { createHash } from 'node:crypto';
import type { BatchRecord } from '../record.ts';
import type { SubmissionPayload } from './submission-transfer.ts';

/** What a worker is asked to do: one challenge of one submission. */
export interface GradingJob {
  /** The batch that it belongs to. */
  batch: string;
  submission: string;
  challenge: string;
  fingerprint: string;
  /** What a worker must have, too: its graders are the ones that count. */
  grader: GraderVersion;
  /** How long the script may run, in ms. */
  timeMs: number;
  work: SubmissionPayload;
}

/** Tells whether two machines grade a challenge alike. */
export interface GraderVersion {
  /** The version of this package. */
  version: string;
  /** A digest of the challenge's grader. */
  digest: string;
}

/** What is wrong with a job that somebody else wrote, such as another version; undefined for nothing. */
export function problemOfJob(data: unknown): string | undefined {
  const job = (typeof data === 'object' && data !== null ? data : {}) as Partial<GradingJob>;
  const texts = [
    job.batch,
    job.submission,
    job.challenge,
    job.fingerprint,
    job.grader?.version,
    job.grader?.digest,
  ];
  const isWhole =
    texts.every((text) => typeof text === 'string') &&
    typeof job.timeMs === 'number' &&
    ['queue', 'store', 'git'].includes(job.work?.by ?? '');
  return isWhole ? undefined : 'the job cannot be read: it is broken, or of another version';
}

/** What came of a job: the record, and its evidence as it is kept: JSON, compressed, in base64. */
export interface GradedJob {
  record: BatchRecord & { evidence: null };
  evidence: string | null;
}

/**
 * The name of a job: of the same work in the same batch it is always the same, so that nothing is queued twice.
 */
export function jobId({
  batch,
  challenge,
  submission,
  fingerprint,
  grader,
}: Pick<GradingJob, 'batch' | 'challenge' | 'submission' | 'fingerprint' | 'grader'>): string {
  return createHash('sha256')
    .update(JSON.stringify([batch, challenge, submission, fingerprint, grader.version, grader.digest]))
    .digest('hex')
    .slice(0, 40);
}
