import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { notify } from '../../base/stdout.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { limitsWithin } from '../../recording/script/limits.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption, timeoutOption, withTestbed } from '../options.ts';

/** Servers that wait for the next save, beside those of variants. */
const READY = 2;

const definition = () =>
  withTestbed(
    new Command('watch')
      .summary('grade on every save')
      .description(
        'Grades again whenever the script is saved, in place. Keys show the next hint, the commands that the server ran and the keyspace, and move to the next challenge. Where there is no terminal, a report is printed on each change.',
      )
      .argument(
        '[challenge]',
        'such as sessions/cantina; where it is left out, the one that was written last',
      )
      .argument('[path]', 'the script, or a folder that holds solution.*', '.')
      .addOption(challengesOption())
      .addOption(timeoutOption('the script'))
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Keys:
  h  the next hint            n, p  the next challenge, the one before
  t  what the server ran      g     grade again
  k  the keyspace             q     quit
  arrows, page up and down, space: scroll

Examples:
  $ keyspace-grader watch
  $ keyspace-grader watch sessions/cantina
  $ keyspace-grader watch sessions/cantina my-session.sh --engine local

Exit codes:
  0         quit
  2         the call is wrong: unknown challenge, bad option, broken grader
  3         infrastructure: no engine to be had
  130, 143  stopped by Ctrl-C, or by SIGTERM
`,
  );

/** Grades on every save, in place on a terminal, one report below the other elsewhere. */
export const watch = defineCommand(definition, async (challenge, path, options) => {
  cleanUpOnSignals();
  const [{ watchChallenges }, { prepareTestbed }, { WarmEngine }, { wantsColors }] = await Promise.all([
    import('../../learning/watch/watch.ts'),
    import('../../grading/testbed.ts'),
    import('../../grading/warm-engine.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const grading = {
    path,
    limits: limitsWithin(options.timeout),
    testbed: async () => {
      const { engine, sandbox } = await prepareTestbed(options, notify);
      return { engine: new WarmEngine(engine, READY), sandbox };
    },
  };
  const colors = wantsColors(process.stdout, options.color);
  const collection = await collectionToGradeWith(options);
  await watchChallenges(collection, challenge, grading, { colors, option: options.challenges });
  return ExitCode.passed;
});
