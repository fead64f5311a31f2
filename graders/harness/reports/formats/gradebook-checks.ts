import { printableLines } from '../../base/text/printable.ts';
import { failureText } from '../../judging/report/failure-details.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';

/** A check as formats for gradebooks tell it. */
export interface GradebookCheck extends Pick<CheckReport, 'title' | 'status' | 'score' | 'maxScore'> {
  /** Why it did not pass, safe to print; empty where it passed. */
  details: string;
}

/** The checks of a graded submission. One that was not begun has a single check, which failed. */
export function gradebookChecks({ checks, maxScore, fault, status }: Report): GradebookCheck[] {
  if (checks.length > 0) return checks.map((check) => ({ ...check, details: failureText(check) }));
  return [
    { title: 'not started', status: 'failed', score: 0, maxScore, details: printableLines(fault ?? status) },
  ];
}
