import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { write } from '../../base/stdout.ts';
import type { ClassRequest } from '../../batch/grade-class.ts';
import { parseShard, type Shard } from '../../batch/shard.ts';
import { type CollectionChoice, collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { defineCommand, type Only } from '../command.ts';
import {
  challengesOption,
  jobsOption,
  retriesOption,
  timeoutOption,
  withSources,
  withTestbed,
} from '../options.ts';

const definition = () =>
  withTestbed(
    withSources(
      new Command('batch')
        .summary('grade a whole class')
        .description(
          'Grades the submissions of a whole class, many at a time, and writes results, gradebooks and a dashboard. Whatever interrupts it, the same command goes on where it was.',
        )
        .argument('<challenge...>', 'such as sessions/cantina; a mission, or all')
        .addOption(challengesOption())
        .requiredOption('--out <dir>', 'where evidence and results are kept')
        .addOption(timeoutOption('each script'))
        .addOption(jobsOption())
        .addOption(retriesOption())
        .option('--shard <part>', 'grade one part of the class, such as 2/5: see merge', shard)
        .option('--fail-fast', 'stop at the first fault of ours that stays'),
    ),
    'container',
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader batch sessions --submissions sessions-submissions --out out
  $ keyspace-grader batch all --submissions 'repos/valkey-*-{id}' --out graded
  $ keyspace-grader batch all --submissions repos --roster class.csv --out out
  $ keyspace-grader batch all --clone list.txt --roster class.csv --out graded
  $ keyspace-grader batch all --clone list.txt --at submitted --out graded

Exit codes:
  0  all graded, whatever came of it
  2  the call is wrong
  3  something could not be graded, through no fault of the learners
`,
  );

/** Grades a whole class, and goes on where it was interrupted. */
export const batch = defineCommand(definition, async (challenges, options) => {
  const [{ gradeClass }, { exitCodeOfBatch, summary }] = await Promise.all([
    import('../../batch/grade-class.ts'),
    import('../../batch/summary.ts'),
  ]);
  const collection = await collectionToGradeWith(options);
  const request = options satisfies Only<ClassRequest & CollectionChoice, typeof options>;
  const end = await gradeClass(challenges.join(','), collection, request);
  await write(summary(end));
  return exitCodeOfBatch(end);
});

function shard(text: string): Shard {
  const found = parseShard(text);
  if (found) return found;
  throw new InvalidArgumentError('It must be a part and how many there are, such as 2/5.');
}
