import { availableParallelism } from 'node:os';
import { packageVersion } from '../base/project.ts';
import { notify } from '../base/stdout.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { loadSelected } from '../challenges/grader/load.ts';
import { GradingPool } from '../grading/process/pool.ts';
import { prepareTestbed, type TestbedChoice } from '../grading/testbed.ts';
import { limitsWithin } from '../recording/script/limits.ts';
import { drainOnSignals } from './drain.ts';
import { readJournal } from './journal.ts';
import { keepResults } from './keep-results.ts';
import { layout } from './layout.ts';
import { lockBatch } from './lock.ts';
import { BATCH_VERSION, type BatchManifest, beginBatch, makeBatchFolder } from './manifest.ts';
import { progressOn } from './progress.ts';
import { resultsOf } from './results.ts';
import { runBatch } from './run-batch.ts';
import { describeFound } from './sources/describe.ts';
import { findSubmissions, type SourceOptions } from './sources/find-submissions.ts';
import type { BatchEnd } from './summary.ts';

/** How a class is graded, and where its submissions come from. */
export interface ClassRequest extends SourceOptions, TestbedChoice {
  /** Of each script, in seconds. */
  timeout: number;
  retries: number;
  /** How many are graded at a time; by the processors where it is left out. */
  jobs?: number;
  failFast?: boolean;
}

/**
 * Grades a class, many submissions at a time, and goes on where an earlier call was interrupted; results are kept
 * in `out`. Throws UsageError for what is wrong with the call, and InfrastructureError.
 */
export async function gradeClass(
  selector: string,
  collection: Collection,
  request: ClassRequest,
): Promise<BatchEnd> {
  const { out, clone, engine: kind, image, sandbox: sandboxKind, timeout, deadline, retries } = request;
  const graders = await loadSelected(selector, collection);
  // Before anything is cloned into it: another process may be grading what is there. A call that clones nothing
  // may still turn out to be wrong, and then leaves no folder behind.
  const isFilled = clone !== undefined;
  if (isFilled) await claim(out);
  const found = await findSubmissions(request, notify);
  if (!isFilled) await claim(out);
  const manifest: BatchManifest = {
    version: BATCH_VERSION,
    grader: packageVersion(),
    challenges: graders.map(({ id, title, points }) => ({ id, title, points })),
    settings: {
      ...{ engine: kind, image, sandbox: sandboxKind, timeout },
      deadline: deadline?.toISOString() ?? null,
    },
    shard: request.shard ?? null,
    ...found,
  };
  await beginBatch(out, manifest);
  const jobs = request.jobs ?? availableParallelism();
  const drain = drainOnSignals();
  // What is wrong with it is told once, and what takes long is done once.
  await prepareTestbed(request, notify);
  const pool = new GradingPool({ collection, testbed: request }, jobs);
  const progress = progressOn(process.stderr, found.submissions.length * graders.length);
  const running = runBatch({
    out,
    graders,
    submissions: found.submissions,
    grade: (task) => pool.grade(task),
    limits: limitsWithin(timeout),
    jobs,
    retries,
    failFast: request.failFast === true,
    isDraining: drain.asked,
    onRecord: progress.record,
  });
  const whole = await running.finally(() => progress.end());
  await pool.close();
  const results = resultsOf(manifest, await readJournal(layout(out).journal));
  await keepResults(out, results);
  return { out, results, remarks: describeFound(found), whole, signalled: drain.exitCode() };
}

async function claim(out: string): Promise<void> {
  await makeBatchFolder(out);
  await lockBatch(out);
}
