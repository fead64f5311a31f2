import { messageOf } from '../../base/errors.ts';
import type { Grader } from '../../judging/grader.ts';
import { ungraded } from '../../judging/report/judge.ts';
import { compressEvidence } from '../compressed-evidence.ts';
import { type GradingRequest, gradeOrReport } from '../grade.ts';
import type { GradedOnce } from './protocol.ts';

/** Grades a submission in this process. Whatever keeps it from being graded is its report. */
export async function gradeOnce(grader: Grader, request: GradingRequest): Promise<GradedOnce> {
  const { report, evidence } = await gradeOrReport(grader, request);
  try {
    return { report, evidence: evidence && (await compressEvidence(evidence)) };
  } catch (error) {
    const fault = `What was seen of it cannot be kept: ${messageOf(error)}`;
    return { report: ungraded(grader, 'error', fault), evidence: null };
  }
}
