import { Command } from '@commander-js/extra-typings';
import { write } from '../../base/stdout.ts';
import { defineCommand } from '../command.ts';
import { queueOption } from '../options.ts';

const definition = () =>
  new Command('collect')
    .summary('take results out of a queue')
    .description(
      'Takes the results of a class out of a queue, and writes what `batch` writes. Each is on the disk before it leaves the queue: whatever interrupts it, the same command goes on where it was.',
    )
    .addOption(queueOption())
    .requiredOption('--out <dir>', 'the folder of the batch that was enqueued')
    .option('--no-wait', 'take what is there, and do not wait for the rest')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader collect --queue valkey://queue.example:6379 --out graded
  $ keyspace-grader collect --queue valkey://queue:6379 --out graded --no-wait

Exit codes:
  0  all graded and collected, whatever came of it
  2  the call is wrong
  3  something is not graded, through no fault of the learners
`,
    );

/** Takes the results of a class out of a queue, and writes them as `batch` does. */
export const collect = defineCommand(definition, async ({ queue, out, wait }) => {
  const [{ fetchClassResults }, { exitCodeOfBatch, summary }] = await Promise.all([
    import('../../batch/queue/fetch-class-results.ts'),
    import('../../batch/summary.ts'),
  ]);
  const end = await fetchClassResults(queue, out, wait);
  await write(summary(end));
  return exitCodeOfBatch(end);
});
