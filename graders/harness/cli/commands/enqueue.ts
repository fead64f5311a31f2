import { Command, Option } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import type { EnqueueClassRequest } from '../../batch/queue/enqueue-class.ts';
import { type CollectionChoice, collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { defineCommand, type Only } from '../command.ts';
import {
  challengesOption,
  queueOption,
  retriesOption,
  storeOption,
  timeoutOption,
  wholeNumber,
  withSources,
} from '../options.ts';

const definition = () =>
  withSources(
    new Command('enqueue')
      .summary('put a class in a queue')
      .description(
        'Puts the submissions of a class in a queue, for workers on any number of machines. What is in it already, or was graded and collected, is not put there again.',
      )
      .argument('<challenge...>', 'such as sessions/cantina; a mission, or all')
      .addOption(challengesOption())
      .addOption(queueOption())
      .requiredOption('--out <dir>', 'the folder of the batch, in which collect keeps evidence and results')
      .addOption(timeoutOption('each script'))
      .addOption(retriesOption())
      .option('--priority <number>', '0 to 1000: what has less is graded sooner', wholeNumber(0, 1000), 0)
      .option(
        '--max-waiting <number>',
        'wait for workers while so many wait in the queue',
        wholeNumber(1, 1_000_000),
        1000,
      )
      .addOption(
        new Option(
          '--send <how>',
          'how submissions travel; git: workers fetch the commit from the remote named origin',
        )
          .choices(['archive', 'git'])
          .default('archive'),
      )
      .addOption(storeOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader enqueue sessions --submissions repos --out graded
        with the queue's URL in KEYSPACE_GRADER_QUEUE, as below
  $ keyspace-grader worker        on as many machines as you like
  $ keyspace-grader collect --out graded

Exit codes:
  0  all is in the queue, or was graded before
  2  the call is wrong, or something cannot travel so
  3  the queue or the store cannot be used
`,
  );

/** Puts a class in a queue, for workers on any number of machines. */
export const enqueue = defineCommand(definition, async (challenges, options) => {
  const { enqueueClass } = await import('../../batch/queue/enqueue-class.ts');
  const collection = await collectionToGradeWith(options);
  const request = options satisfies Only<EnqueueClassRequest & CollectionChoice, typeof options>;
  const { enqueued, signalled, text } = await enqueueClass(challenges.join(','), collection, request);
  await write(text);
  return signalled ?? (enqueued.refused.length > 0 ? ExitCode.usage : ExitCode.passed);
});
