import { availableParallelism } from 'node:os';
import { writeResults } from '../batch/exports/write-results.ts';
import { readJournal } from '../batch/journal.ts';
import { layout } from '../batch/layout.ts';
import { BATCH_VERSION, type BatchManifest, beginBatch } from '../batch/manifest.ts';
import { progressOn } from '../batch/progress.ts';
import { type BatchResults, resultsOf } from '../batch/results.ts';
import { runBatch } from '../batch/run-batch.ts';
import { type Shard, shardOf } from '../batch/shard.ts';
import { findSubmissions, type SourceOptions } from '../batch/sources/find-submissions.ts';
import { WarmEngine } from '../batch/warm-engine.ts';
import { runCleanups } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { loadGrader } from '../grader/load.ts';
import { packageVersion } from '../project.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { count } from '../text/count.ts';
import { selectChallenges } from './challenges.ts';
import { notify, write } from './stdout.ts';

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
  const all = await findSubmissions(options, notify);
  const { shard } = options;
  const found = shard ? { ...all, submissions: shardOf(all.submissions, shard) } : all;
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
    shard: shard ?? null,
    ...found,
  };
  await beginBatch(options.out, manifest);
  const jobs = options.jobs ?? availableParallelism();
  const drain = drainOnSignals();
  const { engine, sandbox } = await prepareTestbed(options, notify);
  const warm = new WarmEngine(engine, jobs);
  const total = found.submissions.length * graders.length;
  const progress = progressOn(process.stderr, total);
  const whole = await runBatch({
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
  progress.end();
  await warm.close();
  const results = resultsOf(manifest, await readJournal(layout(options.out).journal));
  await writeResults(options.out, results);
  await write(summary(results, options.out, whole));
  return drain.exitCode() ?? exitCode(results);
}

/** A first signal lets what is under way end, a second one ends the process at once. */
function drainOnSignals() {
  let signalled: number | undefined;
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.on(signal, () => {
      if (signalled !== undefined) {
        void runCleanups().finally(() => process.exit(128 + number));
        return;
      }
      signalled = number;
      notify(
        '\nWhat is under way is finished; once more to stop at once. The same command goes on from there.',
      );
    });
  }
  return {
    asked: () => signalled !== undefined,
    exitCode: () => (signalled === undefined ? undefined : 128 + signalled),
  };
}

/** Only faults of ours are a failure: what learners gained is a result. */
function exitCode({ rows, faults }: BatchResults): number {
  const isOurs = rows.some(({ cells }) =>
    cells.some(({ status }) => status === 'error' || status === 'pending'),
  );
  return isOurs || faults.length > 0 ? ExitCode.infrastructure : ExitCode.passed;
}

function summary({ rows, challenges, faults }: BatchResults, out: string, whole: boolean): string {
  const submitted = rows.filter(({ submission }) => submission !== null);
  const cells = submitted.flatMap((row) => row.cells);
  const having = (status: string) => cells.filter((cell) => cell.status === status).length;
  const lines = [
    `${count(submitted.length, 'submission')}, ${count(challenges.length, 'challenge')}`,
    `${having('passed')} passed, ${having('failed')} not yet, ${having('not started')} not started, ${having('error')} not graded`,
    ...(rows.length > submitted.length
      ? [`${rows.length - submitted.length} on the roster did not submit`]
      : []),
    ...faults.map(({ id, reason }) => `${id}: ${reason}`),
    ...(whole ? [] : ['Not all of it is graded: run the same command again.']),
    `Results: ${layout(out).file('index.html')}`,
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
