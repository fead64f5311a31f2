import { type Job, Queue, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'iovalkey';
import { trackCleanup } from '../../base/cleanup.ts';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import type { GradedJob, GradingJob } from './job.ts';
import { parseQueueAddress } from './queue-address.ts';

const PREFIX = 'keyspace-grader';
const NAME = 'grading';

/** The keys whose lengths tell how many workers are needed: what KEDA counts. */
export const QUEUE_KEYS = {
  /** A list. */
  waiting: `${PREFIX}:${NAME}:wait`,
  /** A sorted set: those that wait and have a priority. */
  prioritized: `${PREFIX}:${NAME}:prioritized`,
  /** A list. */
  active: `${PREFIX}:${NAME}:active`,
};

/**
 * Results stand in the queue's stream of events too: nobody reads it, and it would hold them twice. A few stay,
 * since it is trimmed by whole nodes.
 */
const EVENTS_KEPT = 1;

/** How long a worker may take over its first answer, in ms: after that it is told that there is no queue. */
const CONNECT_LIMIT_MS = 10_000;

export type QueuedJob = Job<GradingJob, GradedJob>;

/** What is in the queue, of all batches. */
export interface QueueLengths {
  /** Waiting for a worker, those that are tried again later among them. */
  waiting: number;
  active: number;
}

/** A worker that takes what is no JSON for a job that says nothing, instead of meeting it again and again. */
class ReadingWorker extends Worker<GradingJob, GradedJob> {
  protected override createJob(
    ...[raw, id]: Parameters<Worker<GradingJob, GradedJob>['createJob']>
  ): QueuedJob {
    try {
      return super.createJob(raw, id);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return super.createJob({ ...raw, data: '{}' }, id);
    }
  }
}

/** The queue of grading jobs: BullMQ's, in a Valkey that enqueuers, workers and collectors reach. */
export class GradingQueue {
  /** Where it is, without secrets. */
  readonly shown: string;
  readonly close: () => Promise<void>;
  readonly #client: Redis;
  readonly #queue: Queue<GradingJob, GradedJob>;

  private constructor(client: Redis, shown: string) {
    this.shown = shown;
    this.#client = client;
    this.#queue = new Queue<GradingJob, GradedJob>(NAME, {
      connection: client,
      prefix: PREFIX,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    // Told by the client's own listener.
    this.#queue.on('error', () => undefined);
    this.close = trackCleanup(async () => {
      await this.#queue.close();
      client.disconnect();
    });
  }

  /** Connects. Throws UsageError for an address that is none, InfrastructureError where nothing answers there. */
  static async open(url: string, notify: Notify): Promise<GradingQueue> {
    const { shown, tls, ...address } = parseQueueAddress(url);
    const client = new Redis({
      ...address,
      ...(tls && { tls: {} }),
      lazyConnect: true,
      connectTimeout: CONNECT_LIMIT_MS,
      // As BullMQ demands it: what is under way waits for a queue that is started again.
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => Math.min(250 * times, 5_000),
    });
    let problem: string | undefined;
    let isOpen = false;
    client.on('error', (error: unknown) => {
      // The first one says why; others follow from it.
      if (problem === undefined && isOpen)
        notify(`The queue at ${shown} does not answer (${messageOf(error)}): waiting for it.`);
      problem ??= messageOf(error);
    });
    client.on('ready', () => {
      if (isOpen && problem !== undefined) notify(`The queue at ${shown} answers again.`);
      problem = undefined;
    });
    try {
      await client.connect();
    } catch (error) {
      client.disconnect();
      throw new InfrastructureError(
        `The queue at ${shown} cannot be used: ${problem ?? messageOf(error)}\nName a running Valkey with --queue, and its password if it has one.`,
        { cause: error },
      );
    }
    isOpen = true;
    return new GradingQueue(client, shown);
  }

  /** Puts jobs in the queue. What is there already, in whatever state, is left as it is. */
  async add(jobs: readonly { id: string; data: GradingJob; attempts: number; priority: number }[]) {
    await this.#queue.addBulk(
      jobs.map(({ id, data, attempts, priority }) => ({
        name: data.challenge,
        data,
        opts: {
          jobId: id,
          attempts,
          priority,
          backoff: { type: 'exponential' as const, delay: 1000 },
          // Results stay until they are on the collector's disk.
          removeOnComplete: false,
          removeOnFail: false,
          stackTraceLimit: 0,
        },
      })),
    );
  }

  async lengths(): Promise<QueueLengths> {
    const counts = await this.#queue.getJobCounts('wait', 'prioritized', 'delayed', 'active');
    const { active = 0, ...waiting } = counts;
    return { waiting: Object.values(waiting).reduce((sum, count) => sum + count, 0), active };
  }

  /** Those of some jobs that are in the queue, in whatever state. */
  async present(ids: readonly string[]): Promise<Set<string>> {
    const found = await Promise.all(ids.map((id) => this.#client.exists(this.#queue.toKey(id))));
    return new Set(ids.filter((_, index) => found[index] === 1));
  }

  /** The ids of all jobs that came to an end, well or not, of all batches. */
  finished(): Promise<string[]> {
    return this.#queue.getRanges(['completed', 'failed'], 0, -1, true);
  }

  async job(id: string): Promise<QueuedJob | undefined> {
    try {
      return await this.#queue.getJob(id);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      // Somebody else wrote it. What came of it can be told all the same.
      await this.#client.hset(this.#queue.toKey(id), 'data', '{}');
      return this.#queue.getJob(id);
    }
  }

  /** Takes a job out; false where a worker is at it. */
  async remove(id: string): Promise<boolean> {
    return (await this.#queue.remove(id)) === 1;
  }

  /** A worker on this queue, not yet running. */
  worker(
    work: (job: QueuedJob, token: string | undefined) => Promise<GradedJob>,
    options: Omit<WorkerOptions, 'connection' | 'prefix' | 'autorun'>,
  ): Worker<GradingJob, GradedJob> {
    return new ReadingWorker(NAME, work, {
      ...options,
      connection: this.#client,
      prefix: PREFIX,
      autorun: false,
    });
  }
}
