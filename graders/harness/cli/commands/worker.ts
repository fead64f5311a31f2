import { Command } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { packageVersion } from '../../base/project.ts';
import { notify } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { BatchRecord } from '../../batch/record.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, jobsOption, queueOption, storeOption, withTestbed } from '../options.ts';

const definition = () =>
  withTestbed(
    new Command('worker')
      .summary('grade what is in a queue')
      .description(
        'Grades what is in a queue, on as many machines as you like. When one dies, what it was at goes back to the queue. Ctrl-C lets it end what it is at, SIGTERM for up to 4 s.',
      )
      .addOption(challengesOption())
      .addOption(queueOption())
      .addOption(jobsOption())
      .option('--once', 'end when the queue is empty')
      .addOption(storeOption()),
    'container',
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader worker --queue valkey://queue.example:6379
  $ keyspace-grader worker --queue valkey://queue.example:6379 --jobs 8 --once

Exit codes:
  0  told to end, or the queue is empty
  2  the call is wrong, or the queue holds jobs for another version
  3  infrastructure
`,
  );

/** Grades what is in a queue, until it is told to end. */
export const worker = defineCommand(definition, async (options) => {
  const [
    { GradingQueue },
    { startWorking },
    { GradingPool },
    { drainOnSignals },
    { prepareTestbed },
    { availableParallelism },
  ] = await Promise.all([
    import('../../batch/queue/grading-queue.ts'),
    import('../../batch/queue/work.ts'),
    import('../../grading/process/pool.ts'),
    import('../../batch/drain.ts'),
    import('../../grading/testbed.ts'),
    import('node:os'),
  ]);
  const collection = await collectionToGradeWith(options);
  const jobs = options.jobs ?? availableParallelism();
  let stop: () => void = () => undefined;
  const drain = drainOnSignals('What waits is for other workers.', () => stop());
  await prepareTestbed(options, notify);
  const queue = await GradingQueue.open(options.queue, notify);
  const pool = new GradingPool({ collection, testbed: options }, jobs);
  let graded = 0;
  const { drain: stopTaking, ended } = startWorking({
    queue,
    collection,
    pool,
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
    await pool.close();
    await queue.close();
  }
  notify(`${count(graded, 'submission')} graded.`);
  // To be told to end is how a worker ends.
  return ExitCode.passed;
});

function line({ submission, challenge, report, tookMs }: BatchRecord): string {
  const { status, score, maxScore } = report;
  return `${printable(submission)} ${challenge} ${score === null ? status : `${score}/${maxScore}`} ${tookMs} ms`;
}
