import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { notify, write } from '../../base/stdout.ts';
import { count } from '../../base/text/count.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { limitsWithin } from '../../recording/script/limits.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption, timeoutOption, withTestbed } from '../options.ts';

const definition = () =>
  withTestbed(
    new Command('hint')
      .summary('show the next hint')
      .description(
        'Shows the next hint of a check: of the one that is named, or else of the first that fails, of the challenge whose solution was written last where none is named. Which were shown is remembered in hints.json beside the script. Every report has the first; where a teacher said so, the others cost points.',
      )
      .argument('[challenge]', 'such as sessions/cantina; the one that was written last where it is left out')
      .argument('[check]', 'the check, such as ttl')
      .addOption(challengesOption())
      .option('--path <path>', 'the script, or a folder that holds solution.*', '.')
      .addOption(timeoutOption('the script'))
      .option('-y, --yes', 'take a hint that costs points without being asked')
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader hint
        the challenge that was written last
  $ keyspace-grader hint sessions/cantina
        the first check that fails
  $ keyspace-grader hint sessions/cantina ttl

Exit codes:
  0  shown, or there is nothing to give a hint on
  2  the call is wrong: no such check, or hints are turned off
  3  infrastructure: no engine to be had, or the server died by itself
`,
  );

/** Shows the next hint of a check, of the first one that fails where none is named. */
export const hint = defineCommand(definition, async (challenge, check, options) => {
  cleanUpOnSignals();
  const [{ nextHint }, { testbedWhenNeeded }, { styles, wantsColors }] = await Promise.all([
    import('../../learning/hint.ts'),
    import('../../grading/testbed.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const { path, timeout, yes, color } = options;
  const grading = {
    path,
    limits: limitsWithin(timeout),
    testbed: testbedWhenNeeded(options, notify),
  };
  const isWanted = async (cost: number) => yes === true || askWhetherWanted(cost);
  const style = styles(wantsColors(process.stdout, color));
  const collection = await collectionToGradeWith(options);
  await write(await nextHint({ challenge, check, grading, isWanted }, collection, style));
  return ExitCode.passed;
});

/** A hint that costs points is only taken by somebody who knows; Ctrl-C and Ctrl-D are a no. */
async function askWhetherWanted(cost: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<string>((resolve) => asking.once('close', () => resolve('')));
  try {
    const question = `The next hint costs ${count(cost, 'point')} of this check. Show it? [y/N] `;
    return /^y(?:es)?$/i.test((await Promise.race([asking.question(question), left])).trim());
  } finally {
    asking.close();
  }
}
