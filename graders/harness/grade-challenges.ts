import { unlessStopping } from './cleanup.ts';
import { InfrastructureError, NotStartedError, UsageError } from './errors.ts';
import { gradeScript } from './grade.ts';
import type { Grader } from './grader/grader.ts';
import type { GradedSubmission } from './report/formats/format.ts';
import { ungraded } from './report/judge.ts';
import type { ScriptLimits } from './script/limits.ts';
import { findScript } from './submission/find.ts';
import type { Script } from './submission/script.ts';
import type { Testbed } from './testbed.ts';

/** Where a submitter's scripts are, and how they are graded. */
export interface GradingRequest {
  /** A script, or a folder of one or several challenges. */
  path: string;
  /** Called for the first script that is found: what is not begun needs no engine. */
  testbed(): Promise<Testbed>;
  limits: ScriptLimits;
  /** Told of each script before it runs; may throw to refuse it. */
  onScript?(script: Script, grader: Grader): void | Promise<void>;
}

/** Finds and grades the script of one challenge. Throws what finding, preparing and running throw. */
export async function gradeChallenge(grader: Grader, request: GradingRequest): Promise<GradedSubmission> {
  return unlessStopping(findAndGrade(grader, request));
}

async function findAndGrade(grader: Grader, request: GradingRequest): Promise<GradedSubmission> {
  const script = await findScript(grader.id, request.path);
  await request.onScript?.(script, grader);
  const testbed = await request.testbed();
  return gradeScript({ grader, script, ...testbed, limits: request.limits });
}

/** Grades several challenges of one submitter. What keeps one from being graded is the report of that one. */
export async function gradeChallenges(
  graders: readonly Grader[],
  request: GradingRequest,
): Promise<GradedSubmission[]> {
  const submissions: GradedSubmission[] = [];
  for (const grader of graders) {
    try {
      submissions.push(await gradeChallenge(grader, request));
    } catch (error) {
      // Two solutions or an unreadable one in a folder are no reason to leave the other challenges ungraded.
      const fault =
        faultOf(grader, error) ?? (error instanceof UsageError ? notStarted(grader, error) : undefined);
      if (!fault) throw error;
      submissions.push(fault);
    }
  }
  return submissions;
}

/** The report on what could not be graded; undefined where the caller is to mend the call first. */
export function faultOf(grader: Grader, error: unknown): GradedSubmission | undefined {
  if (error instanceof InfrastructureError)
    return { report: ungraded(grader, 'error', error.message), evidence: null };
  return error instanceof NotStartedError ? notStarted(grader, error) : undefined;
}

function notStarted(grader: Grader, error: UsageError): GradedSubmission {
  return { report: ungraded(grader, 'not started', error.message), evidence: null };
}
