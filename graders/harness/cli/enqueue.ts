import { BATCH_VERSION, type BatchManifest, beginBatch, makeBatchFolder } from '../batch/manifest.ts';
import { type Enqueued, enqueue } from '../batch/queue/enqueue.ts';
import { graderVersion } from '../batch/queue/grader-version.ts';
import { GradingQueue } from '../batch/queue/grading-queue.ts';
import { describeFound } from '../batch/sources/describe.ts';
import { findSubmissions, type SourceOptions } from '../batch/sources/find-submissions.ts';
import { listTasks } from '../batch/task.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { loadGrader } from '../grader/load.ts';
import { selectChallenges } from '../grader/select.ts';
import { packageVersion } from '../project.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { notify, write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { drainOnSignals } from './drain.ts';

export interface EnqueueOptions extends SourceOptions, CollectionChoice {
  queue: string;
  out: string;
  /** Seconds. */
  timeout: number;
  retries: number;
  priority: number;
  maxWaiting: number;
  send: 'archive' | 'git';
  store?: string;
}

/** `keyspace-grader enqueue`: puts a class in a queue, for workers on any number of machines. */
export async function enqueueCommand(selectors: readonly string[], options: EnqueueOptions): Promise<number> {
  const { out, timeout, store } = options;
  const collection = await collectionToGradeWith(options);
  const ids = await selectChallenges(selectors.join(','), collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  const versions = new Map(
    await Promise.all(ids.map(async (id) => [id, await graderVersion(id, collection)] as const)),
  );
  const found = await findSubmissions(options, notify);
  const queue = await GradingQueue.open(options.queue, notify);
  const manifest: BatchManifest = {
    version: BATCH_VERSION,
    grader: packageVersion(),
    challenges: graders.map(({ id, title, points }) => ({ id, title, points })),
    // Where it is graded is for the workers to say: each report tells it.
    settings: {
      ...{ engine: 'queue', image: 'queue', sandbox: 'queue', timeout },
      deadline: options.deadline?.toISOString() ?? null,
    },
    shard: null,
    ...found,
  };
  await makeBatchFolder(out);
  await beginBatch(out, manifest);
  const drain = drainOnSignals();
  const enqueued = await enqueue({
    out,
    queue,
    tasks: await listTasks(graders, found.submissions),
    versions,
    limits: { ...DEFAULT_LIMITS, timeMs: timeout * 1000 },
    carriage: { send: options.send, ...(store !== undefined && { store }) },
    attempts: options.retries + 1,
    priority: options.priority,
    maxWaiting: options.maxWaiting,
    isDraining: drain.asked,
    notify,
  });
  await queue.close();
  await write(describe(enqueued, describeFound(found), queue.shown, out));
  return drain.exitCode() ?? (enqueued.refused.length > 0 ? ExitCode.usage : ExitCode.passed);
}

function describe(
  { added, there, graded, nothingToRun, refused, whole }: Enqueued,
  remarks: readonly string[],
  queue: string,
  out: string,
): string {
  const lines = [
    `${count(added, 'submission')} put in the queue at ${queue}`,
    ...(there > 0 ? [`${there} in it already`] : []),
    ...(graded > 0 ? [`${graded} graded before`] : []),
    ...(nothingToRun > 0 ? [`${nothingToRun} with nothing to run`] : []),
    ...remarks,
    ...refused.map(printable),
    ...(whole ? [] : ['Not all of it is in the queue: run the same command again.']),
    `Next: keyspace-grader collect --out ${out}`,
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
