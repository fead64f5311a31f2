import { printableLines } from '../../text/printable.ts';
import type { CheckReport, Report } from '../report.ts';
import { storyText } from '../story.ts';

/** A check as formats for gradebooks tell it. */
export interface ToldCheck extends Pick<CheckReport, 'title' | 'status' | 'score' | 'maxScore'> {
  /** Why it did not pass, safe to print; empty where it passed. */
  story: string;
}

/** The checks of a graded submission. One that was not begun has a single check, which failed. */
export function toldChecks({ checks, maxScore, fault, status }: Report): ToldCheck[] {
  if (checks.length > 0) return checks.map((check) => ({ ...check, story: storyText(check) }));
  return [
    { title: 'not started', status: 'failed', score: 0, maxScore, story: printableLines(fault ?? status) },
  ];
}
