import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../base/errors.ts';
import { inParallel } from '../../base/in-parallel.ts';
import { count } from '../../base/text/count.ts';
import { ungraded } from '../../judging/report/judge.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import { keepEvidence } from '../evidence-store.ts';
import { Journal } from '../journal.ts';
import { layout } from '../layout.ts';
import type { BatchManifest } from '../manifest.ts';
import { type BatchRecord, recordKey } from '../record.ts';
import { isFinal } from '../task.ts';
import type { GradingQueue, QueuedJob } from './grading-queue.ts';
import { readSent, type SentEntry } from './sent.ts';

export interface FetchRequest {
  /** The folder of a batch that was enqueued. */
  out: string;
  manifest: BatchManifest;
  queue: GradingQueue;
  /** Wait for what is not graded yet. */
  wait: boolean;
  isDraining(): boolean;
  /** Told of each record once it is on the disk, those of an earlier run first. */
  onRecord(record: BatchRecord, wasThere: boolean): void;
  notify: Notify;
}

/** What is left when fetching ends. */
export interface FetchOutcome {
  /** Neither in the queue nor fetched: what enqueuing it again would mend. */
  lost: SentEntry[];
  /** In the queue still. */
  pending: number;
}

/** How many results are taken at a time. */
const AT_A_TIME = 8;
/** How often the queue is asked, in ms. */
const ASK_AGAIN_MS = 500;
/** After so long without a result the person who waits is told, in ms. */
const SILENCE_MS = 60_000;

/**
 * Takes the results of a batch out of the queue. Each is on the disk, evidence and record, before it is removed
 * from the queue: whatever interrupts it, the same call goes on from there.
 * Throws UsageError where nothing of the batch was enqueued, InfrastructureError where the folder or the queue
 * cannot be used.
 */
export async function fetchResults(request: FetchRequest): Promise<FetchOutcome> {
  const { out, queue, notify } = request;
  const { journal, records } = await Journal.open(layout(out).journal);
  try {
    const done = new Map(records.map((record) => [recordKey(record), record]));
    for (const record of records) if (isFinal(record)) request.onRecord(record, true);
    const fetched = new Set<string>();
    const keep = async (record: BatchRecord) => {
      await journal.append(record);
      done.set(recordKey(record), record);
      request.onRecord(record, false);
    };
    let heard = Date.now();
    for (;;) {
      const sent = await readSent(out);
      if (!sent)
        throw new UsageError(`Nothing of ${out} was put in a queue. Run npx keyspace-grader enqueue first.`);
      const { entries, whole } = sent;
      for (const { record } of entries)
        if (record && !isKept(done.get(recordKey(record)), record)) await keep(record);
      const awaited = new Map(
        entries.flatMap((entry) =>
          entry.job === null || fetched.has(entry.job) ? [] : [[entry.job, entry]],
        ),
      );
      // Asked first: what is finished meanwhile is not taken for lost.
      const present = await queue.present([...awaited.keys()]);
      const ready = (await queue.finished()).filter((id) => awaited.has(id));
      await inParallel(ready, AT_A_TIME, async (id) => {
        if (request.isDraining()) return;
        const entry = awaited.get(id);
        const job = await queue.job(id);
        if (!entry || !job) return;
        await keep(await recordOf(job, entry, request));
        await queue.remove(id);
        fetched.add(id);
      });
      if (ready.length > 0) heard = Date.now();
      const left = [...awaited.values()].filter(({ job }) => job !== null && !fetched.has(job));
      const absent = left.filter(({ job }) => job !== null && !present.has(job));
      const pending = left.length - absent.length;
      // While enqueuing goes on, they may only not be there yet.
      const lost = absent.filter((entry) => !isDone(done.get(recordKey(entry)), entry, whole));
      if (!request.wait || request.isDraining() || (pending === 0 && (whole || lost.length === 0)))
        return { lost, pending };
      if (Date.now() - heard > SILENCE_MS) {
        const { waiting, active } = await queue.lengths();
        notify(
          `Waiting for ${count(left.length, 'result')}: ${waiting} in the queue wait for a worker, ${active} are being graded${whole ? '' : ', and enqueuing has not come to its end'}.`,
        );
        heard = Date.now();
      }
      await sleep(ready.length > 0 ? 0 : ASK_AGAIN_MS);
    }
  } finally {
    await journal.close();
  }
}

/** True where the journal has this very record. */
function isKept(kept: BatchRecord | undefined, record: BatchRecord): boolean {
  return kept !== undefined && isFinal(kept) && kept.fingerprint === record.fingerprint;
}

/**
 * True where a job that is not in the queue was fetched before. A fault that was fetched may have been
 * enqueued again, as long as enqueuing goes on.
 */
function isDone(record: BatchRecord | undefined, { fingerprint }: SentEntry, whole: boolean): boolean {
  return record?.fingerprint === fingerprint && (whole || isFinal(record));
}

/** What came of a job, with its evidence on the disk. */
async function recordOf(job: QueuedJob, entry: SentEntry, request: FetchRequest): Promise<BatchRecord> {
  const { submission, challenge, fingerprint } = entry;
  const { out, manifest } = request;
  if (job.returnvalue) {
    const { record, evidence } = job.returnvalue;
    return {
      ...record,
      ...{ submission, challenge, fingerprint },
      evidence:
        evidence === null
          ? null
          : await keepEvidence(out, challenge, submission, Buffer.from(evidence, 'base64')),
    };
  }
  // Its workers died, one after the other, or a fault of ours threw.
  const { title, points } = manifest.challenges.find(({ id }) => id === challenge) ?? {
    title: '',
    points: 0,
  };
  const began = job.processedOn ?? job.timestamp;
  const ended = job.finishedOn ?? began;
  return {
    ...{ submission, challenge, fingerprint, attempts: Math.max(job.attemptsStarted, 1) },
    report: ungraded(
      { id: challenge, title, points },
      'error',
      `No worker could grade it: ${job.failedReason}`,
    ),
    ...{ evidence: null, finishedAt: new Date(ended).toISOString(), tookMs: ended - began },
  };
}
