import { messageOf, ReadableError } from '../base/errors.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Grader } from '../judging/grader.ts';
import { judge } from '../judging/report/judge.ts';
import type { CheckReport, Report } from '../judging/report/report.ts';
import { loadEvidence } from './evidence-store.ts';
import type { BatchRecord } from './record.ts';

/** What judging again changed for one submission's challenge. */
export interface Change {
  submission: string;
  challenge: string;
  /** Points; null for not graded. */
  before: number | null;
  after: number | null;
  /** The checks that went another way, in words. */
  reasons: string[];
}

/** A record as it is with today's grader. */
export interface Regraded {
  record: BatchRecord;
  /** What that changed in points or verdicts; null for nothing. */
  change: Change | null;
  /** Why it could not be judged, so that the record is as it was; null where it was judged. */
  fault: string | null;
}

/**
 * Judges a record's kept evidence with today's grader. Runs nothing of the learner. A record without evidence
 * stays as it is: there was nothing to judge. So does one whose evidence is gone or broken.
 */
export async function regrade(out: string, record: BatchRecord, grader: Grader): Promise<Regraded> {
  if (record.evidence === null) return { record, change: null, fault: null };
  let evidence: Evidence;
  try {
    evidence = await loadEvidence(out, record.evidence);
  } catch (error) {
    if (!(error instanceof ReadableError)) throw error;
    return { record, change: null, fault: messageOf(error) };
  }
  // A report is read from the disk whenever it is asked for.
  const { report: before, ...others } = record;
  const report = judge(grader, evidence);
  const reasons = reasonsFor(before, report);
  const changed = reasons.length > 0 || before.score !== report.score;
  const { submission, challenge } = others;
  return {
    record: { ...others, report },
    change: changed ? { submission, challenge, before: before.score, after: report.score, reasons } : null,
    fault: null,
  };
}

function reasonsFor(before: Report, after: Report): string[] {
  const old = new Map(before.checks.map((check) => [check.id, check]));
  const now = new Map(after.checks.map((check) => [check.id, check]));
  return [
    ...(before.status !== after.status && after.checks.length === 0 ? [after.fault ?? after.status] : []),
    ...after.checks.flatMap((check) => reason(old.get(check.id), check)),
    ...before.checks.filter(({ id }) => !now.has(id)).map(({ id }) => `${id} is no check any more`),
  ];
}

function reason(before: CheckReport | undefined, after: CheckReport): string[] {
  const why = after.failure === null ? '' : `: ${after.failure.actual.split('\n')[0]}`;
  if (before === undefined) return [`${after.id} is new, and ${after.status}${why}`];
  if (before.status !== after.status)
    return [`${after.id}: ${before.status} before, ${after.status} now${why}`];
  if (before.score === after.score && before.maxScore === after.maxScore) return [];
  return [
    `${after.id}: ${before.score} of ${before.maxScore} points before, ${after.score} of ${after.maxScore} now`,
  ];
}
