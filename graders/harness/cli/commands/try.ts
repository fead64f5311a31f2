import { Command } from '@commander-js/extra-typings';
import { cleanUpOnSignals } from '../../base/cleanup.ts';
import { ExitCode } from '../../base/errors.ts';
import { notify } from '../../base/stdout.ts';
import { collectionToGradeWith } from '../../challenges/collection/choose.ts';
import { defineCommand } from '../command.ts';
import { challengesOption, colorOption, withEngine } from '../options.ts';

const definition = () =>
  withEngine(
    new Command('try')
      .summary("type commands on a challenge's server")
      .description(
        "Starts a throwaway server with the challenge's set-up and opens valkey-cli on it, with the same rights as when a script is graded. With --explain it tells after each command which checks that changes.",
      )
      .argument('<challenge>', 'such as sessions/cantina')
      .addOption(challengesOption())
      .option('--explain', 'tell after each command which checks it changes')
      .addOption(colorOption()),
  ).addHelpText(
    'after',
    `
Examples:
  $ keyspace-grader try sessions/analytics
  $ keyspace-grader try sessions/cantina --explain
  $ keyspace-grader try sessions/cantina --explain < commands.valkey

Exit codes:
  0         left
  2         the call is wrong: unknown challenge, bad option, broken grader
  3         infrastructure: no engine to be had, or the server died by itself
  130, 143  stopped by Ctrl-C, or by SIGTERM
`,
  );

/** A server with a challenge's set-up, and a valkey-cli that talks to it. */
export const tryCommand = defineCommand(definition, async (challenge, options) => {
  const [{ tryChallenge }, { loadNamed }, { selectEngine }, { styles, wantsColors }] = await Promise.all([
    import('../../learning/try/try.ts'),
    import('../../challenges/grader/load.ts'),
    import('../../recording/engine/select.ts'),
    import('../../base/text/styles.ts'),
  ]);
  const grader = await loadNamed(challenge, await collectionToGradeWith(options));
  cleanUpOnSignals();
  const engine = await selectEngine(options, 'published', notify);
  const style = styles(wantsColors(process.stdout, options.color));
  await tryChallenge(grader, engine, options.explain === true, style);
  return ExitCode.passed;
});
