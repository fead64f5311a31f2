import { availableParallelism } from 'node:os';
import { readJournal } from '../batch/journal.ts';
import { keepResults } from '../batch/keep-results.ts';
import { layout } from '../batch/layout.ts';
import { lockBatch } from '../batch/lock.ts';
import { BATCH_VERSION, type BatchManifest, beginBatch, makeBatchFolder } from '../batch/manifest.ts';
import { progressOn } from '../batch/progress.ts';
import { resultsOf } from '../batch/results.ts';
import { runBatch } from '../batch/run-batch.ts';
import type { Shard } from '../batch/shard.ts';
import { describeFound } from '../batch/sources/describe.ts';
import { findSubmissions, type SourceOptions } from '../batch/sources/find-submissions.ts';
import { WarmEngine } from '../batch/warm-engine.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { loadGrader } from '../grader/load.ts';
import { selectChallenges } from '../grader/select.ts';
import { packageVersion } from '../project.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { notify, write } from '../stdout.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { exitCodeOfBatch, summary } from './batch-summary.ts';
import { drainOnSignals } from './drain.ts';

export interface BatchOptions extends SourceOptions, TestbedChoice, CollectionChoice {
  out: string;
  /** Seconds. */
  timeout: number;
  jobs?: number;
  retries: number;
  failFast?: boolean;
  shard?: Shard;
}

/** `keyspace-grader batch`: grades a whole class, and goes on where it was interrupted. */
export async function batchCommand(selectors: readonly string[], options: BatchOptions): Promise<number> {
  const collection = await collectionToGradeWith(options);
  const ids = await selectChallenges(selectors.join(','), collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  // Before anything is cloned into it: another process may be grading what is there. A call that clones nothing
  // may still turn out to be wrong, and then leaves no folder behind.
  const isFilled = options.clone !== undefined;
  if (isFilled) await claim(options.out);
  const found = await findSubmissions(options, notify);
  if (!isFilled) await claim(options.out);
  const manifest: BatchManifest = {
    version: BATCH_VERSION,
    grader: packageVersion(),
    challenges: graders.map(({ id, title, points }) => ({ id, title, points })),
    settings: {
      engine: options.engine,
      image: options.image,
      sandbox: options.sandbox,
      timeout: options.timeout,
      deadline: options.deadline?.toISOString() ?? null,
    },
    shard: options.shard ?? null,
    ...found,
  };
  await beginBatch(options.out, manifest);
  const jobs = options.jobs ?? availableParallelism();
  const drain = drainOnSignals();
  const { engine, sandbox } = await prepareTestbed(options, notify);
  const warm = new WarmEngine(engine, jobs);
  const total = found.submissions.length * graders.length;
  const progress = progressOn(process.stderr, total);
  const running = runBatch({
    out: options.out,
    graders,
    submissions: found.submissions,
    testbed: { engine: warm, sandbox },
    limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
    jobs,
    retries: options.retries,
    failFast: options.failFast === true,
    isDraining: drain.asked,
    onRecord: progress.record,
  });
  const whole = await running.finally(() => progress.end());
  await warm.close();
  const results = resultsOf(manifest, await readJournal(layout(options.out).journal));
  await keepResults(options.out, results);
  await write(summary(results, describeFound(found), options.out, whole));
  return drain.exitCode() ?? exitCodeOfBatch(results);
}

async function claim(out: string): Promise<void> {
  await makeBatchFolder(out);
  await lockBatch(out);
}
