import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { write } from '../../base/stdout.ts';
import { chooseCollection } from '../../challenges/collection/choose.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption, withEngine } from '../options.ts';

const definition = () =>
  withEngine(
    new Command('lint')
      .summary('say what authors should mend in challenges')
      .description(
        'Looks through graders, instructions, starters and fixtures for what authors should mend: mistakes in the grader file, hints and texts that give the answer away or leave out what is demanded, set-up that the server refuses, missing files. Grades nothing.',
      )
      .argument('[challenge...]', 'such as sessions/cantina, or a mission; all where none is named')
      .addOption(challengesOption())
      .option('--coverage', 'also name the sentences of the instructions that no check is said to hold')
      .option('--json', 'as JSON')
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader lint
  $ keyspace-grader lint sessions/cantina --engine local
  $ keyspace-grader lint --coverage
  $ keyspace-grader lint --json | jq -r '.[].rule'

Exit codes:
  0  nothing to mend
  1  something to mend
  2  the call is wrong
  3  infrastructure
`,
  );

/** Says what authors should mend in their challenges, without grading anything. */
export const lint = defineCommand(definition, async (challenges, options) => {
  cleanUpOnSignals();
  const [{ lintChallenges, lintPage }, { styles, wantsColors }] = await Promise.all([
    import('../../authoring/lint-challenges.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const linted = await lintChallenges(challenges, await chooseCollection(options), options);
  if (options.json) await write(`${JSON.stringify(linted.findings, null, 2)}\n`);
  else await write(lintPage(linted, styles(wantsColors(process.stdout, options.color))));
  return linted.findings.length === 0 ? ExitCode.passed : ExitCode.failed;
});
