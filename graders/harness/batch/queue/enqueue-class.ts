import { packageVersion } from '../../base/project.ts';
import { notify } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { printable } from '../../base/text/printable.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { loadSelected } from '../../challenges/grader/load.ts';
import { limitsWithin } from '../../recording/script/limits.ts';
import { drainOnSignals } from '../drain.ts';
import { lockBatch } from '../lock.ts';
import { BATCH_VERSION, type BatchManifest, beginBatch, makeBatchFolder } from '../manifest.ts';
import { describeFound } from '../sources/describe.ts';
import { findSubmissions, type SourceOptions } from '../sources/find-submissions.ts';
import { listTasks } from '../task.ts';
import { type Enqueued, type EnqueueRequest, enqueue } from './enqueue.ts';
import { graderVersion } from './grader-version.ts';
import { GradingQueue } from './grading-queue.ts';
import type { TransferOptions } from './submission-transfer.ts';

/** What is put in a queue, and how it is to be graded. */
export interface EnqueueClassRequest
  extends SourceOptions,
    TransferOptions,
    Pick<EnqueueRequest, 'priority' | 'maxWaiting'> {
  /** The queue's URL. */
  queue: string;
  /** Of each script, in seconds. */
  timeout: number;
  retries: number;
}

/** How enqueuing came to its end. */
export interface EnqueueEnd {
  enqueued: Enqueued;
  /** The exit code that a signal asked for; undefined where nobody did. */
  signalled: number | undefined;
  /** All of it, for the person who waited. */
  text: string;
}

/**
 * Puts a class in a queue, for workers on any number of machines, and begins its batch in `out`. Throws UsageError
 * for what is wrong with the call, InfrastructureError where the queue or the store cannot be used.
 */
export async function enqueueClass(
  selector: string,
  collection: Collection,
  request: EnqueueClassRequest,
): Promise<EnqueueEnd> {
  const { out, timeout, deadline, retries, priority, maxWaiting, send, store } = request;
  const graders = await loadSelected(selector, collection);
  const versions = new Map(
    await Promise.all(graders.map(async ({ id }) => [id, await graderVersion(id, collection)] as const)),
  );
  const found = await findSubmissions(request, notify);
  const queue = await GradingQueue.open(request.queue, notify);
  const manifest: BatchManifest = {
    version: BATCH_VERSION,
    grader: packageVersion(),
    challenges: graders.map(({ id, title, points }) => ({ id, title, points })),
    // Where it is graded is for the workers to say: each report tells it.
    settings: {
      ...{ engine: 'queue', image: 'queue', sandbox: 'queue', timeout },
      deadline: deadline?.toISOString() ?? null,
    },
    shard: null,
    ...found,
  };
  await makeBatchFolder(out);
  // What is graded already may be collected meanwhile.
  await lockBatch(out, ['manifest']);
  await beginBatch(out, manifest);
  const drain = drainOnSignals();
  const enqueued = await enqueue({
    out,
    queue,
    tasks: await listTasks(graders, found.submissions),
    versions,
    limits: limitsWithin(timeout),
    transfer: { send, ...(store !== undefined && { store }) },
    attempts: retries + 1,
    priority,
    maxWaiting,
    isDraining: drain.asked,
    notify,
  });
  await queue.close();
  const text = describe(enqueued, describeFound(found), queue.shown, out);
  return { enqueued, signalled: drain.exitCode(), text };
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
    `Next: ${ownCommand('collect', '--out', out)}`,
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
