import type { CommandNote } from '../checks/finding.ts';
import type { Environment } from '../evidence/evidence.ts';

/** The version of the report document; its JSON Schema is `report.schema.json`. */
export const REPORT_VERSION = 1;

/** How a check went: `skipped` where a check that it needs did not pass, `error` where the grader failed. */
export type CheckStatus = 'passed' | 'failed' | 'skipped' | 'error';

/**
 * How a submission went: `error` is never the learner's fault, `not started` is a folder without a script,
 * `not gradable` is a challenge that needs a later version of the server.
 */
export type SubmissionStatus = 'passed' | 'failed' | 'error' | 'not started' | 'not gradable';

/** The verdicts on one submission. Report formats are written from this, some also from the evidence. */
export interface Report {
  version: typeof REPORT_VERSION;
  challenge: { id: string; title: string };
  status: SubmissionStatus;
  /** Points; null where the submission was not graded, through no fault of the learner. */
  score: number | null;
  maxScore: number;
  /** Null where nothing was run. */
  submission: { script: string; language: string } | null;
  environment: Environment | null;
  /** In the order of the grader. */
  checks: CheckReport[];
  /** What the learner should know of the run: a time limit reached, output cut, commands denied. */
  notes: string[];
  /** What kept the submission from being graded; null for none. */
  fault: string | null;
  /** What the script's main run took in ms; null where nothing was run. */
  elapsedMs: number | null;
}

export interface CheckReport {
  id: string;
  title: string;
  status: CheckStatus;
  score: number;
  maxScore: number;
  /** The variant in whose run it was judged; null for the main run. */
  variant: { id: string; title: string } | null;
  /** Why it did not pass; null where it passed. */
  failure: FailureReport | null;
}

export interface FailureReport {
  expected: string | null;
  actual: string;
  difference: string | null;
  commands: CommandNote[];
  /** The first hint, and how many there are. */
  hint: string | null;
  hints: number;
}
