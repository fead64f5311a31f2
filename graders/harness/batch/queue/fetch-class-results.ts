import { notify } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { drainOnSignals } from '../drain.ts';
import { readJournal } from '../journal.ts';
import { keepResults } from '../keep-results.ts';
import { layout } from '../layout.ts';
import { lockBatch } from '../lock.ts';
import { readManifest } from '../manifest.ts';
import { progressOn } from '../progress.ts';
import { resultsOf } from '../results.ts';
import { describeFound } from '../sources/describe.ts';
import type { BatchEnd } from '../summary.ts';
import { fetchResults } from './fetch-results.ts';
import { GradingQueue } from './grading-queue.ts';

/**
 * Takes the results of a class out of the queue at a URL, and keeps them as grading it here would; with `wait`,
 * until all of them are there. Throws what {@link fetchResults} throws, and UsageError where `out` holds no batch.
 */
export async function fetchClassResults(url: string, out: string, wait: boolean): Promise<BatchEnd> {
  const manifest = await readManifest(out);
  // More of it may be put in the queue meanwhile.
  await lockBatch(out, ['results']);
  const queue = await GradingQueue.open(url, notify);
  const drain = drainOnSignals();
  const progress = progressOn(process.stderr, manifest.submissions.length * manifest.challenges.length);
  const fetching = fetchResults({
    ...{ out, manifest, queue, wait, notify },
    isDraining: drain.asked,
    onRecord: progress.record,
  });
  const { lost, pending } = await fetching.finally(() => progress.end());
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
  const whole = pending === 0 && lost.length === 0;
  return { out, results, remarks, whole, signalled: drain.exitCode() };
}
