import type { Evidence } from '../../evidence/evidence.ts';
import { sumOf } from '../../judging/points.ts';
import type { Report } from '../../judging/report/report.ts';

/** One graded submission of a challenge: the verdicts, and what they were reached from. */
export interface GradedSubmission {
  report: Report;
  /** Null where nothing was run. */
  evidence: Evidence | null;
  /** Where the script lies, absolute; left out where that is not known. */
  script?: string;
}

/** A file of a report. */
interface ReportFile {
  path: string;
  content: string;
}

/** What a report says beside the verdicts, so that writing one stays a pure function. */
export interface ReportContext {
  /** When the report is written. */
  now: Date;
  environment: Readonly<Record<string, string | undefined>>;
  /** When the commit that is graded was made; null where that is not known. */
  commitDate: Date | null;
  /** The folder from which paths of scripts are told, absolute; null to tell none. */
  root: string | null;
}

/**
 * A format that other tools or people read. It is written from reports and evidence alone: the same input
 * gives the same files, at any time.
 */
export interface ReportFormat {
  /** True where it says when the commit was made. */
  tellsCommit?: true;
  /** Refuses what it cannot be written from, before any work is done. Throws UsageError. */
  check?(environment: ReportContext['environment']): void;
  /**
   * The files of the report on one or several challenges of one submitter, in their order. `path` is where the
   * main file goes; others lie beside it.
   */
  files(submissions: readonly GradedSubmission[], path: string, context: ReportContext): ReportFile[];
}

/** The points of several reports together. */
export function totalOf(submissions: readonly GradedSubmission[]): { score: number; maxScore: number } {
  return {
    score: sumOf(submissions.map(({ report }) => report.score ?? 0)),
    maxScore: sumOf(submissions.map(({ report }) => report.maxScore)),
  };
}

/**
 * The points as gradebooks get them; `scale` is what a full score is worth there, null for the graders' own points.
 */
export function publishedTotal(
  submissions: readonly GradedSubmission[],
  scale: number | null,
): { score: number; maxScore: number } {
  const { score, maxScore } = totalOf(submissions);
  if (scale === null || maxScore === 0) return { score, maxScore: scale ?? maxScore };
  return { score: Number(((score / maxScore) * scale).toFixed(4)), maxScore: scale };
}

/** True where some challenge was not graded, through no fault of the learner: no total may be told then. */
export function isIncomplete(submissions: readonly GradedSubmission[]): boolean {
  return submissions.some(({ report }) => report.score === null);
}
