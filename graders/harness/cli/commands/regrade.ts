import { Command } from '@commander-js/extra-typings';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { defineCommand } from '../command.ts';
import { challengesOption } from '../options.ts';

const definition = () =>
  new Command('regrade')
    .summary('judge the kept evidence of a batch again')
    .description(
      "Judges the evidence that `batch` kept with the graders as they are now, without running anybody's code, and tells who gained, who lost, and why.",
    )
    .argument('<out>', 'the --out folder of the batch')
    .addOption(challengesOption())
    .option('--dry-run', 'tell what would change, and change nothing')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader regrade graded --dry-run
  $ keyspace-grader regrade graded

Exit codes:
  0  all judged, whatever came of it
  2  the call is wrong
  3  something could not be judged: a check needs what was not recorded, or
     evidence is gone
`,
    );

/** Judges the kept evidence of a batch with today's graders. */
export const regrade = defineCommand(definition, async (out, options) => {
  const { describeRegraded, regradeBatch } = await import('../../batch/regrade-batch.ts');
  const isDry = options.dryRun === true;
  const regraded = await regradeBatch(out, await collectionToGradeWith(options), isDry);
  await write(describeRegraded(regraded, isDry));
  return regraded.some(({ record, fault }) => fault !== null || record.report.status === 'error')
    ? ExitCode.infrastructure
    : ExitCode.passed;
});
