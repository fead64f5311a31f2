import { createHash } from 'node:crypto';
import { UsageError } from '../base/errors.ts';
import { notGraded } from '../grading/grade.ts';
import { GradingProcessError } from '../grading/process/pool.ts';
import type { GradedOnce, GradingTask } from '../grading/process/protocol.ts';
import type { Grader } from '../judging/grader.ts';
import type { ScriptLimits } from '../recording/script/limits.ts';
import { findScript } from '../recording/submission/find.ts';
import { SubmissionLimits } from '../recording/submission/limits.ts';
import { readScript } from '../recording/submission/read-script.ts';
import type { BatchRecord } from './record.ts';
import type { BatchSubmission } from './submission.ts';

/** One piece of a batch's work: a challenge of a submission. */
export interface Task {
  grader: Grader;
  submission: BatchSubmission;
  fingerprint: string;
}

/** How a task is graded. */
export interface TaskRequest {
  /** Grades it once. Throws GradingProcessError, whose fault is nobody else's. */
  grade(task: GradingTask): Promise<GradedOnce>;
  limits: ScriptLimits;
  /** How often one that ended with a fault of ours is tried again. */
  retries: number;
  /** True: nothing is tried again. */
  isDraining(): boolean;
}

/** A task's record, but for where its evidence is kept. */
export interface GradedTask {
  record: BatchRecord & { evidence: null };
  evidence: GradedOnce['evidence'];
}

/** What a later run need not try again. */
export function isFinal({ report }: BatchRecord): boolean {
  return report.status !== 'error';
}

/** All that is to be graded, submission by submission. */
export async function listTasks(
  graders: readonly Grader[],
  submissions: readonly BatchSubmission[],
): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const submission of submissions)
    for (const grader of graders)
      tasks.push({ grader, submission, fingerprint: await fingerprintOf(submission, grader.id) });
  return tasks;
}

/** Tells work that has changed from work that has not: by its commit, or by the script's own text. */
async function fingerprintOf({ commit, path }: BatchSubmission, challenge: string): Promise<string> {
  if (commit && !commit.changed) return commit.sha;
  try {
    const script = await findScript(challenge, path);
    const bytes = await readScript(script.path, SubmissionLimits.folderBytes);
    return bytes === null ? 'none' : createHash('sha256').update(bytes).digest('hex').slice(0, 40);
  } catch (error) {
    // Why there is no script, or one that is too large, is told when it is graded.
    if (error instanceof UsageError) return 'none';
    throw error;
  }
}

/** Grades a task, again after faults of ours. Whatever is wrong with the submission is its report. */
export async function gradeWithRetries(task: Task, request: TaskRequest): Promise<GradedTask> {
  const { grader, submission, fingerprint } = task;
  const began = performance.now();
  let attempts = 0;
  for (;;) {
    attempts += 1;
    const { report, evidence, isFinal } = await gradeOnce(task, request);
    const isTriedAgain = report.status === 'error' && !isFinal && attempts <= request.retries;
    if (isTriedAgain && !request.isDraining()) continue;
    return {
      record: {
        submission: submission.id,
        challenge: grader.id,
        fingerprint,
        attempts,
        report,
        evidence: null,
        finishedAt: new Date().toISOString(),
        tookMs: Math.round(performance.now() - began),
      },
      evidence,
    };
  }
}

/** Grades once; `isFinal` where trying again would end alike. */
async function gradeOnce(
  { grader, submission }: Task,
  { grade, limits }: TaskRequest,
): Promise<GradedOnce & { isFinal: boolean }> {
  try {
    const graded = await grade({
      challenge: grader.id,
      path: submission.path,
      isApart: submission.isApart === true,
      limits,
    });
    return { ...graded, isFinal: false };
  } catch (error) {
    const isFinal = error instanceof GradingProcessError && error.isFinal;
    return { report: notGraded(grader, error).report, evidence: null, isFinal };
  }
}
