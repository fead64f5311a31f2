import { setTimeout as sleep } from 'node:timers/promises';
import { UnrecoverableError, WaitingError } from 'bullmq';
import { InfrastructureError, messageOf, type ReadableError, UsageError } from '../../base/errors.ts';
import { packageVersion } from '../../base/project.ts';
import { printable } from '../../base/text/printable.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { loadGrader } from '../../challenges/grader/load.ts';
import { notGraded } from '../../grading/grade.ts';
import type { GradingPool } from '../../grading/process/pool.ts';
import type { Grader } from '../../judging/grader.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import { DEFAULT_LIMITS } from '../../recording/script/limits.ts';
import type { BatchRecord } from '../record.ts';
import { type GradedTask, gradeWithRetries } from '../task.ts';
import { graderVersion } from './grader-version.ts';
import type { GradingQueue, QueuedJob } from './grading-queue.ts';
import { type GraderVersion, problemOfJob } from './job.ts';
import { scriptPathIn, storeProblem, unpackTransferred } from './submission-transfer.ts';

/**
 * A worker says every third of this that it lives, in ms. One that was killed is missed after it, and then a job
 * of its own goes back to the queue at the next look. Much longer than a worker is ever busy without a pause:
 * were it missed by mistake, another one would grade the same again, and the first result would count.
 */
const LOCK_MS = 12_000;
/** How often workers look for jobs of dead ones, in ms. */
const STALLED_LOOK_MS = 4_000;
/**
 * So often a job may go back to the queue because its worker died. Workers die for other reasons too (a machine
 * taken away), but one that kills every worker must come to an end.
 */
const MAX_STALLED = 5;
/** After faults of ours with so many submissions in a row a worker ends: it would take everybody's attempts in no time. */
const MAX_FAULTS = 5;
/** How often a worker that is to end with the queue looks whether it is empty, in ms. */
const EMPTY_LOOK_MS = 500;

/** What to do about a job of another version. */
const SAME_VERSION =
  'Install the same version here as where it was enqueued, with the same challenges; or let the workers of that version end those jobs first.';

export interface WorkRequest {
  queue: GradingQueue;
  collection: Collection;
  pool: GradingPool;
  /** How many are graded at a time. */
  jobs: number;
  /** The folder of archives, where there is one. */
  store?: string;
  /** End when nothing waits, and no worker is at anything that could come back. */
  once: boolean;
  /** Told of each that was graded. */
  onRecord(record: BatchRecord): void;
  notify: Notify;
}

/** A worker at work. */
export interface Working {
  /** Takes no more, and ends when what is under way is done. */
  drain(): void;
  /**
   * Resolves when it has ended. Rejects with UsageError where it met a job that it may not grade, with
   * InfrastructureError where nothing can be graded here.
   */
  ended: Promise<void>;
}

/** Grades what is in the queue. */
export function startWorking(request: WorkRequest): Working {
  const { queue, jobs, once, notify } = request;
  const graders = new Graders(request.collection);
  let refusal: ReadableError | undefined;
  /** The submissions that ended with a fault of ours since the last that did not. */
  const faults = new Set<string>();
  const worker = queue.worker(
    async (job, token) => {
      const unreadable = problemOfJob(job.data);
      if (unreadable !== undefined) {
        notify(`Set aside: ${unreadable} (${printable(job.id ?? '')}).`);
        throw new UnrecoverableError(unreadable);
      }
      const { challenge, grader: wanted, submission } = job.data;
      const isSameVersion = wanted.version === packageVersion();
      const here = await graders.of(challenge);
      if ('problem' in here && isSameVersion) {
        // Not for this worker, and no reason to end: another one may know it, and in the end it is told as not graded.
        notify(`Set aside: ${printable(`${submission} ${challenge}`)}. ${here.problem}`);
        throw new InfrastructureError(here.problem);
      }
      const difference =
        'problem' in here ? otherVersion(wanted) : differenceOf(challenge, wanted, here.version);
      const problem =
        difference === undefined
          ? storeProblem(job.data.work, request.store)
          : `${difference}\n${SAME_VERSION}`;
      if ('problem' in here || problem !== undefined) {
        refusal ??= new UsageError(`${problem}\nThe job went back to the queue.`);
        // First: so that this worker is not given the same job again.
        drain();
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const { record, evidence } = await gradeJob(job, here.grader, request);
      const isFault = record.report.status === 'error';
      if (isFault) faults.add(submission);
      else faults.clear();
      if (faults.size >= MAX_FAULTS) {
        refusal ??= new InfrastructureError(
          `${faults.size} faults in a row, with as many submissions: nothing can be graded here, and the others must not suffer from it.\n${record.report.fault}`,
        );
        drain();
      }
      if (isFault && record.attempts < (job.opts.attempts ?? 1)) {
        notify(`${printable(submission)} ${challenge} goes back to the queue: ${record.report.fault}`);
        throw new InfrastructureError(record.report.fault ?? 'not graded');
      }
      request.onRecord(record);
      return { record, evidence: evidence && Buffer.from(evidence).toString('base64') };
    },
    {
      concurrency: jobs,
      lockDuration: LOCK_MS,
      lockRenewTime: LOCK_MS / 3,
      stalledInterval: STALLED_LOOK_MS,
      maxStalledCount: MAX_STALLED,
      runRetryDelay: 1_000,
    },
  );
  worker.on('stalled', () => notify('What a worker that died was at went back to the queue.'));
  worker.on('error', (error) => {
    // A lost connection is told by the queue. What else there is: a job of which another worker was faster.
    if (
      !/ECONN|Connection is closed|Missing lock|Missing key|Lock mismatch|could not renew lock|not in the active state/i.test(
        messageOf(error),
      )
    )
      notify(`The queue: ${messageOf(error)}`);
  });
  let closing: Promise<void> | undefined;
  const drain = () => {
    closing ??= worker.close();
  };
  const work = async () => {
    const running = worker.run();
    // Where the queue cannot be asked any more, it is being closed.
    if (once) void drainWhenEmpty(queue, () => closing !== undefined).then(drain, () => undefined);
    await running;
    await (closing ?? worker.close());
    if (refusal) throw refusal;
  };
  return { drain, ended: work() };
}

async function drainWhenEmpty(queue: GradingQueue, isClosing: () => boolean): Promise<void> {
  while (!isClosing()) {
    const { waiting, active } = await queue.lengths();
    if (waiting === 0 && active === 0) return;
    await sleep(EMPTY_LOOK_MS);
  }
}

async function gradeJob(job: QueuedJob, grader: Grader, request: WorkRequest): Promise<GradedTask> {
  const { submission: id, fingerprint, timeMs, work } = job.data;
  const began = performance.now();
  const attempts = job.attemptsMade + 1;
  const received = await unpackTransferred(work, request.store).catch((error: unknown) =>
    notGraded(grader, error),
  );
  if ('report' in received)
    return {
      record: {
        ...{ submission: id, challenge: grader.id, fingerprint, attempts, report: received.report },
        ...{ evidence: null, finishedAt: new Date().toISOString() },
        tookMs: Math.round(performance.now() - began),
      },
      evidence: null,
    };
  try {
    const submission = { id, learner: null, path: scriptPathIn(received, work), commit: null };
    const graded = await gradeWithRetries(
      { grader, submission, fingerprint },
      {
        grade: (task) => request.pool.grade(task),
        limits: { ...DEFAULT_LIMITS, timeMs },
        // Tried again by whichever worker is free.
        retries: 0,
        isDraining: () => true,
      },
    );
    return { ...graded, record: { ...graded.record, attempts } };
  } finally {
    await received.remove();
  }
}

/** Why a job is not to be graded here, in words; undefined for no reason. */
function differenceOf(challenge: string, wanted: GraderVersion, here: GraderVersion): string | undefined {
  if (wanted.version !== here.version) return otherVersion(wanted);
  return wanted.digest === here.digest
    ? undefined
    : `The grader of ${challenge} is another one here than where the job was enqueued.`;
}

function otherVersion({ version }: GraderVersion): string {
  return `The queue holds jobs for version ${printable(version)} of keyspace-grader, and this is ${packageVersion()}.`;
}

/** A challenge's grader as it is here. */
interface GraderHere {
  grader: Grader;
  version: GraderVersion;
}

/** Graders, each loaded once. */
class Graders {
  readonly #collection: Collection;
  readonly #loaded = new Map<string, Promise<GraderHere | { problem: string }>>();

  constructor(collection: Collection) {
    this.#collection = collection;
  }

  of(challenge: string): Promise<GraderHere | { problem: string }> {
    const loaded = this.#loaded.get(challenge) ?? this.#load(challenge);
    this.#loaded.set(challenge, loaded);
    return loaded;
  }

  async #load(challenge: string): Promise<GraderHere | { problem: string }> {
    try {
      const version = await graderVersion(challenge, this.#collection);
      return { grader: await loadGrader(challenge, this.#collection), version };
    } catch (error) {
      if (error instanceof UsageError) return { problem: error.message.split('\n')[0] ?? '' };
      throw error;
    }
  }
}
