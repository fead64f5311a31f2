import { readJournal } from '../batch/journal.ts';
import { keepResults } from '../batch/keep-results.ts';
import { layout } from '../batch/layout.ts';
import { lockBatch } from '../batch/lock.ts';
import { readManifest } from '../batch/manifest.ts';
import { progressOn } from '../batch/progress.ts';
import { collect } from '../batch/queue/collect.ts';
import { GradingQueue } from '../batch/queue/grading-queue.ts';
import { resultsOf } from '../batch/results.ts';
import { describeFound } from '../batch/sources/describe.ts';
import { notify, write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { exitCodeOfBatch, summary } from './batch-summary.ts';
import { drainOnSignals } from './drain.ts';

export interface CollectOptions {
  queue: string;
  out: string;
  wait: boolean;
}

/** `keyspace-grader collect`: takes the results of a batch out of a queue, and writes them as `batch` does. */
export async function collectCommand({ queue: url, out, wait }: CollectOptions): Promise<number> {
  const manifest = await readManifest(out);
  await lockBatch(out);
  const queue = await GradingQueue.open(url, notify);
  const drain = drainOnSignals();
  const progress = progressOn(process.stderr, manifest.submissions.length * manifest.challenges.length);
  const collecting = collect({
    ...{ out, manifest, queue, wait, notify },
    isDraining: drain.asked,
    onRecord: progress.record,
  });
  const { lost, pending } = await collecting.finally(() => progress.end());
  await queue.close();
  // Enqueued while this waited: others may have come.
  const now = await readManifest(out);
  const results = resultsOf(now, await readJournal(layout(out).journal));
  await keepResults(out, results);
  const remarks = [
    ...describeFound(now),
    ...(pending > 0 ? [`${count(pending, 'submission')} not graded yet`] : []),
    ...(lost.length > 0
      ? [`${count(lost.length, 'submission')} not in the queue (any more): run enqueue again`]
      : []),
  ];
  await write(summary(results, remarks, out, pending === 0 && lost.length === 0));
  return drain.exitCode() ?? exitCodeOfBatch(results);
}
