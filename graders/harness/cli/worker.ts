import { availableParallelism } from 'node:os';
import { GradingQueue } from '../batch/queue/grading-queue.ts';
import { startWorking } from '../batch/queue/work.ts';
import type { BatchRecord } from '../batch/record.ts';
import { WarmEngine } from '../batch/warm-engine.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { packageVersion } from '../project.ts';
import { notify } from '../stdout.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { drainOnSignals } from './drain.ts';

export interface WorkerOptions extends TestbedChoice, CollectionChoice {
  queue: string;
  jobs?: number;
  once?: boolean;
  store?: string;
}

/** `keyspace-grader worker`: grades what is in a queue, until it is told to end. */
export async function workerCommand(options: WorkerOptions): Promise<number> {
  const collection = await collectionToGradeWith(options);
  const jobs = options.jobs ?? availableParallelism();
  let stop: () => void = () => undefined;
  const drain = drainOnSignals('What waits is for other workers.', () => stop());
  const { engine, sandbox } = await prepareTestbed(options, notify);
  const queue = await GradingQueue.open(options.queue, notify);
  const warm = new WarmEngine(engine, jobs);
  let graded = 0;
  const { drain: stopTaking, ended } = startWorking({
    queue,
    collection,
    testbed: { engine: warm, sandbox },
    jobs,
    ...(options.store !== undefined && { store: options.store }),
    once: options.once === true,
    onRecord(record) {
      graded += 1;
      notify(line(record));
    },
    notify,
  });
  stop = stopTaking;
  if (drain.asked()) stop();
  notify(
    `keyspace-grader ${packageVersion()} grades what is in the queue at ${queue.shown}, ${jobs} at a time.`,
  );
  try {
    await ended;
  } finally {
    await warm.close();
    await queue.close();
  }
  notify(`${count(graded, 'submission')} graded.`);
  // To be told to end is how a worker ends.
  return ExitCode.passed;
}

function line({ submission, challenge, report, tookMs }: BatchRecord): string {
  const { status, score, maxScore } = report;
  return `${printable(submission)} ${challenge} ${score === null ? status : `${score}/${maxScore}`} ${tookMs} ms`;
}
