import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError, messageOf, UsageError } from '../../base/errors.ts';
import { gradeOnce } from '../../grading/process/grade-once.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import type { ScriptLimits } from '../../recording/script/limits.ts';
import { findScript } from '../../recording/submission/find.ts';
import type { Script } from '../../recording/submission/script.ts';
import { readJournal } from '../journal.ts';
import { layout } from '../layout.ts';
import { recordKey } from '../record.ts';
import { gradeWithRetries, isFinal, type Task } from '../task.ts';
import type { GradingQueue } from './grading-queue.ts';
import { type GraderVersion, jobId } from './job.ts';
import { nothingSent, readSent, type SentEntry, writeSent } from './sent.ts';
import { packForTransfer, type TransferOptions } from './submission-transfer.ts';

export interface EnqueueRequest {
  /** The batch's folder, in which a batch has begun. */
  out: string;
  queue: GradingQueue;
  tasks: readonly Task[];
  /** What each challenge is graded with. */
  versions: ReadonlyMap<string, GraderVersion>;
  limits: ScriptLimits;
  transfer: TransferOptions;
  /** How often each may be tried. */
  attempts: number;
  /** Less is sooner. */
  priority: number;
  /** So many may wait in the queue: beyond it, nothing is put there until workers took some. */
  maxWaiting: number;
  isDraining(): boolean;
  notify: Notify;
}

/** What enqueuing did. */
export interface Enqueued {
  /** Put in the queue now. */
  added: number;
  /** In the queue already. */
  there: number;
  /** Graded before, of the same work. */
  graded: number;
  /** There was nothing to be run. */
  nothingToRun: number;
  /** What cannot travel, and why. */
  refused: string[];
  /** False where it ended early. */
  whole: boolean;
}

/** A script that is to be graded by a worker. */
interface Parcel {
  entry: SentEntry & { job: string };
  task: Task;
  script: Script;
}

/** How many are looked up and put in the queue at a time. */
const AT_A_TIME = 20;
/** How often the queue is asked for room, in ms. */
const ASK_AGAIN_MS = 500;

/**
 * Puts a batch in the queue. What is there already, or was graded and collected, is not put there again, and what
 * an earlier call put there of work that has changed since is taken out.
 * Throws UsageError where the folder is of no use, InfrastructureError where the queue or the store is.
 */
export async function enqueue(request: EnqueueRequest): Promise<Enqueued> {
  const { out, queue } = request;
  const before = await readSent(out);
  const sent = { ...(before ?? nothingSent()), whole: false };
  const { entries, parcels, graded } = await sortOut(request, sent.batch);
  // First of all: a collector then knows what to wait for, whatever becomes of this process.
  await writeSent(out, { ...sent, entries });
  await takeOut(queue, before?.entries ?? [], entries);
  const result = { added: 0, there: 0, graded, refused: [] as string[] };
  const refused = new Set<SentEntry>();
  let handled = 0;
  for (let start = 0; start < parcels.length && !request.isDraining(); start += AT_A_TIME) {
    const some = parcels.slice(start, start + AT_A_TIME);
    const present = await queue.present(some.map(({ entry }) => entry.job));
    const missing = some.filter(({ entry }) => !present.has(entry.job));
    result.there += present.size;
    if (missing.length > 0 && !(await waitForRoom(request))) break;
    const jobs = [];
    for (const parcel of missing) {
      const job = await makeJob(parcel, request, sent.batch).catch((error: unknown) => {
        // What is ours concerns the others too.
        if (error instanceof InfrastructureError) throw error;
        result.refused.push(messageOf(error));
        refused.add(parcel.entry);
      });
      if (job) jobs.push(job);
    }
    await queue.add(jobs);
    result.added += jobs.length;
    handled += some.length;
  }
  const whole = handled === parcels.length;
  await writeSent(out, { ...sent, entries: entries.filter((entry) => !refused.has(entry)), whole });
  return { ...result, nothingToRun: entries.length - parcels.length, whole };
}

/** What is to be sent, and what need not be. */
async function sortOut({ out, tasks, versions, limits }: EnqueueRequest, batch: string) {
  const done = new Map((await readJournal(layout(out).journal)).map((record) => [recordKey(record), record]));
  const entries: SentEntry[] = [];
  const parcels: Parcel[] = [];
  let graded = 0;
  for (const task of tasks) {
    const { grader, fingerprint } = task;
    const what = { submission: task.submission.id, challenge: grader.id, fingerprint };
    const record = done.get(recordKey(what));
    if (record && isFinal(record) && record.fingerprint === fingerprint) {
      graded += 1;
      continue;
    }
    const script = await scriptOf(task);
    if (script) {
      const entry = {
        ...what,
        job: jobId({ ...what, batch, grader: versionOf(task, versions) }),
        record: null,
      };
      entries.push(entry);
      parcels.push({ entry, task, script });
    } else entries.push({ ...what, job: null, record: await judgeWithoutRunning(task, limits) });
  }
  return { entries, parcels, graded };
}

function versionOf({ grader }: Task, versions: ReadonlyMap<string, GraderVersion>): GraderVersion {
  const version = versions.get(grader.id);
  if (!version) throw new Error(`no version of ${grader.id}`);
  return version;
}

/** The script of a task; undefined where there is none that can be run. */
async function scriptOf({ grader, submission }: Task): Promise<Script | undefined> {
  try {
    return await findScript(grader.id, submission.path);
  } catch (error) {
    // Why not is told by its record.
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

async function judgeWithoutRunning(task: Task, limits: ScriptLimits) {
  const testbed = () => Promise.reject(new Error('there is a script after all'));
  const { record } = await gradeWithRetries(task, {
    grade: ({ path }) => gradeOnce(task.grader, { path, limits, testbed }),
    limits,
    retries: 0,
    isDraining: () => true,
  });
  return record;
}

/** Takes out what nobody waits for any more. What a worker is at stays, and nobody collects it. */
async function takeOut(queue: GradingQueue, before: readonly SentEntry[], now: readonly SentEntry[]) {
  const wanted = new Set(now.map(({ job }) => job));
  for (const { job } of before) if (job !== null && !wanted.has(job)) await queue.remove(job);
}

/** False where it is to end before there is room. */
async function waitForRoom({ queue, maxWaiting, isDraining, notify }: EnqueueRequest): Promise<boolean> {
  for (let told = false; ; await sleep(ASK_AGAIN_MS)) {
    if (isDraining()) return false;
    const { waiting } = await queue.lengths();
    if (waiting < maxWaiting) return true;
    if (!told) notify(`${waiting} wait in the queue: going on when workers have taken some.`);
    told = true;
  }
}

async function makeJob(
  { entry, task, script }: Parcel,
  { transfer, limits, attempts, priority, versions }: EnqueueRequest,
  batch: string,
) {
  const { job: id, submission, challenge, fingerprint } = entry;
  const work = await packForTransfer(task.submission, script, transfer);
  const grader = versionOf(task, versions);
  const data = { batch, submission, challenge, fingerprint, grader, timeMs: limits.timeMs, work };
  return { id, data, attempts, priority };
}
