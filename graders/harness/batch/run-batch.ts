import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { messageOf, UsageError } from '../errors.ts';
import { faultOf, gradeChallenge } from '../grade-challenges.ts';
import type { Grader } from '../grader/grader.ts';
import { inParallel } from '../in-parallel.ts';
import type { GradedSubmission } from '../report/formats/format.ts';
import { ungraded } from '../report/judge.ts';
import type { ScriptLimits } from '../script/limits.ts';
import { findScript } from '../submission/find.ts';
import type { Testbed } from '../testbed.ts';
import { keepEvidence } from './evidence-store.ts';
import { Journal } from './journal.ts';
import { layout } from './layout.ts';
import { type BatchRecord, recordKey } from './record.ts';
import type { BatchSubmission } from './submission.ts';

export interface BatchRequest {
  out: string;
  graders: readonly Grader[];
  submissions: readonly BatchSubmission[];
  testbed: Testbed;
  limits: ScriptLimits;
  /** How many are graded at a time. */
  jobs: number;
  /** How often one that ended with a fault of ours is tried again. */
  retries: number;
  /** Stop at the first fault of ours that stays. */
  failFast: boolean;
  /** Asked before each: true ends the batch when what is under way is done. */
  isDraining(): boolean;
  /** Told of each record once it is on the disk, those of an earlier run first. */
  onRecord(record: BatchRecord, wasThere: boolean): void;
}

/** One piece of work: a challenge of a submission. */
interface Task {
  grader: Grader;
  submission: BatchSubmission;
  fingerprint: string;
}

/**
 * Grades a batch, and goes on where an earlier run of it ended: what is in the journal, of the same work and
 * without a fault of ours, is not graded again. A submission counts once its evidence and its record are on the
 * disk. Resolves with false where it ended early (drained, or a fault with `failFast`).
 * Throws InfrastructureError where the batch's folder cannot be written.
 */
export async function runBatch(request: BatchRequest): Promise<boolean> {
  const { journal, records } = await Journal.open(layout(request.out).journal);
  try {
    const done = new Map(records.map((record) => [recordKey(record), record]));
    const tasks: Task[] = [];
    for (const task of await listTasks(request)) {
      const record = done.get(taskKey(task));
      if (record && isFinal(record) && record.fingerprint === task.fingerprint)
        request.onRecord(record, true);
      else tasks.push(task);
    }
    let failed = false;
    let left = tasks.length;
    await inParallel(tasks, request.jobs, async (task) => {
      if (request.isDraining() || (failed && request.failFast)) return;
      const record = await gradeTask(task, request);
      await journal.append(record);
      left -= 1;
      if (record.report.status === 'error') failed = true;
      request.onRecord(record, false);
    });
    return left === 0;
  } finally {
    await journal.close();
  }
}

function taskKey({ grader, submission }: Task): string {
  return recordKey({ challenge: grader.id, submission: submission.id });
}

/** What a later run need not try again. */
function isFinal({ report }: BatchRecord): boolean {
  return report.status !== 'error';
}

/** All that is to be graded, submission by submission. */
async function listTasks({ graders, submissions }: BatchRequest): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const submission of submissions)
    for (const grader of graders)
      tasks.push({ grader, submission, fingerprint: await fingerprintOf(submission, grader.id) });
  return tasks;
}

/** Tells work that has changed from work that has not: by its commit, or by the script's own text. */
async function fingerprintOf({ commit, path }: BatchSubmission, challenge: string): Promise<string> {
  if (commit) return commit.sha;
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

async function gradeTask(task: Task, request: BatchRequest): Promise<BatchRecord> {
  const { grader, submission, fingerprint } = task;
  const began = performance.now();
  let attempts = 0;
  for (;;) {
    attempts += 1;
    const { report, evidence } = await attempt(task, request);
    if (report.status === 'error' && attempts <= request.retries && !request.isDraining()) continue;
    return {
      submission: submission.id,
      challenge: grader.id,
      fingerprint,
      attempts,
      report,
      evidence: evidence && (await keepEvidence(request.out, grader.id, submission.id, evidence)),
      finishedAt: new Date().toISOString(),
      tookMs: Math.round(performance.now() - began),
    };
  }
}

/** Grades once. What is wrong with a submission is its report: the others are graded whatever it is. */
async function attempt({ grader, submission }: Task, request: BatchRequest): Promise<GradedSubmission> {
  const { testbed, limits } = request;
  try {
    return await gradeChallenge(grader, { path: submission.path, limits, testbed: async () => testbed });
  } catch (error) {
    const fault = faultOf(grader, error);
    if (fault) return fault;
    const status = error instanceof UsageError ? 'not started' : 'error';
    return { report: ungraded(grader, status, messageOf(error)), evidence: null };
  }
}
