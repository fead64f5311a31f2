import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf, UsageError } from '../errors.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { faultOf, gradeChallenge } from '../grade-challenges.ts';
import type { Grader } from '../grader/grader.ts';
import type { GradedSubmission } from '../report/formats/format.ts';
import { ungraded } from '../report/judge.ts';
import type { ScriptLimits } from '../script/limits.ts';
import { findScript } from '../submission/find.ts';
import type { Testbed } from '../testbed.ts';
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
  /** Called for a script that is found: what is not begun needs no engine. */
  testbed(): Promise<Testbed>;
  limits: ScriptLimits;
  /** How often one that ended with a fault of ours is tried again. */
  retries: number;
  /** True: nothing is tried again. */
  isDraining(): boolean;
}

/** A task's record, but for where its evidence is kept. */
export interface GradedTask {
  record: BatchRecord & { evidence: null };
  evidence: Evidence | null;
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
    return createHash('sha256')
      .update(await readFile(script.path))
      .digest('hex')
      .slice(0, 40);
  } catch (error) {
    // Why there is no script is told when it is graded.
    if (error instanceof UsageError) return 'none';
    throw error;
  }
}

/** Grades a task, again after faults of ours. Whatever is wrong with the submission is its report. */
export async function gradeTask(task: Task, request: TaskRequest): Promise<GradedTask> {
  const { grader, submission, fingerprint } = task;
  const began = performance.now();
  let attempts = 0;
  for (;;) {
    attempts += 1;
    const { report, evidence } = await attempt(task, request);
    if (report.status === 'error' && attempts <= request.retries && !request.isDraining()) continue;
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

/** Grades once. What is wrong with a submission is its report: the others are graded whatever it is. */
async function attempt({ grader, submission }: Task, request: TaskRequest): Promise<GradedSubmission> {
  const { testbed, limits } = request;
  try {
    return await gradeChallenge(grader, { path: submission.path, limits, testbed });
  } catch (error) {
    return notGraded(grader, error);
  }
}

/** The report on what kept a submission from being graded: whose fault it is decides whether it is tried again. */
export function notGraded(grader: Grader, error: unknown): GradedSubmission {
  const fault = faultOf(grader, error);
  if (fault) return fault;
  const status = error instanceof UsageError ? 'not started' : 'error';
  return { report: ungraded(grader, status, messageOf(error)), evidence: null };
}
