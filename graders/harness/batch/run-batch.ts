import { inParallel } from '../base/in-parallel.ts';
import type { Grader } from '../judging/grader.ts';
import { keepEvidence } from './evidence-store.ts';
import { Journal } from './journal.ts';
import { layout } from './layout.ts';
import { type BatchRecord, recordKey } from './record.ts';
import type { BatchSubmission } from './submission.ts';
import { gradeWithRetries, isFinal, listTasks, type Task, type TaskRequest } from './task.ts';

export interface BatchRequest extends TaskRequest {
  out: string;
  graders: readonly Grader[];
  submissions: readonly BatchSubmission[];
  /** How many are graded at a time. */
  jobs: number;
  /** Stop at the first fault of ours that stays. */
  failFast: boolean;
  /** Asked before each too: true ends the batch when what is under way is done. */
  isDraining(): boolean;
  /** Told of each record once it is on the disk, those of an earlier run first. */
  onRecord(record: BatchRecord, wasThere: boolean): void;
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
    for (const task of await listTasks(request.graders, request.submissions)) {
      const record = done.get(taskKey(task));
      if (record && isFinal(record) && record.fingerprint === task.fingerprint)
        request.onRecord(record, true);
      else tasks.push(task);
    }
    let failed = false;
    let left = tasks.length;
    let broken: { error: unknown } | undefined;
    await inParallel(tasks, request.jobs, async (task) => {
      if (broken || request.isDraining() || (failed && request.failFast)) return;
      try {
        const record = await gradeAndKeep(task, request);
        await journal.append(record);
        left -= 1;
        if (record.report.status === 'error') failed = true;
        request.onRecord(record, false);
      } catch (error) {
        // The others end what they are at: it may still be kept, and nothing goes on in the background.
        broken ??= { error };
      }
    });
    if (broken) throw broken.error;
    return left === 0;
  } finally {
    await journal.close();
  }
}

function taskKey({ grader, submission }: Task): string {
  return recordKey({ challenge: grader.id, submission: submission.id });
}

async function gradeAndKeep(task: Task, request: BatchRequest): Promise<BatchRecord> {
  const { record, evidence } = await gradeWithRetries(task, request);
  const { challenge, submission } = record;
  return {
    ...record,
    evidence: evidence && (await keepEvidence(request.out, challenge, submission, evidence)),
  };
}
