import type { Command } from 'commander';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { colorOption, type Finish, seconds, withCollection, withEngine, withTestbed } from './options.ts';

/** The commands that learners work with. */
export function addLearner(program: Command, finish: Finish): void {
  addWatch(program, finish);
  addHint(program, finish);
  addTry(program, finish);
}

function addWatch(program: Command, finish: Finish): void {
  withTestbed(withCollection(program.command('watch')))
    .summary('grade on every save')
    .description(
      'Grades again whenever the script is saved, in place. Keys show the next hint, the commands that the server ran and the keyspace, and move to the next challenge. Where there is no terminal, a report is printed on each change.',
    )
    .argument('[challenge]', 'such as sessions/cantina; where it is left out, the one that was written last')
    .argument('[path]', 'the script, or a folder that holds solution.*', '.')
    .option('--timeout <seconds>', 'how long the script may run', seconds, DEFAULT_LIMITS.timeMs / 1000)
    .addOption(colorOption())
    .addHelpText(
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
    )
    .action(async (challenge: string | undefined, path: string, options) => {
      const { watchCommand } = await import('./watch.ts');
      finish(await watchCommand(challenge, path, options));
    });
}

function addHint(program: Command, finish: Finish): void {
  withTestbed(withCollection(program.command('hint')))
    .summary('show the next hint')
    .description(
      'Shows the next hint of a check: of the one that is named, or else of the first that fails. Which were shown is remembered in hints.json beside the script. Every report has the first; where a teacher said so, the others cost points.',
    )
    .argument('<challenge>', 'such as sessions/cantina')
    .argument('[check]', 'the check, such as ttl')
    .option('--path <path>', 'the script, or a folder that holds solution.*', '.')
    .option('--timeout <seconds>', 'how long the script may run', seconds, DEFAULT_LIMITS.timeMs / 1000)
    .option('-y, --yes', 'take a hint that costs points without being asked')
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader hint sessions/cantina
        the first check that fails
  $ keyspace-grader hint sessions/cantina ttl

Exit codes:
  0  shown, or there is nothing to give a hint on
  2  the call is wrong: no such check, or hints are turned off
  3  infrastructure: no engine to be had, or the server died by itself
`,
    )
    .action(async (challenge: string, check: string | undefined, options) => {
      const { hintCommand } = await import('./hint.ts');
      finish(await hintCommand(challenge, check, options));
    });
}

function addTry(program: Command, finish: Finish): void {
  withEngine(withCollection(program.command('try')))
    .summary("type commands on a challenge's server")
    .description(
      "Starts a throwaway server with the challenge's set-up and opens valkey-cli on it, with the same rights as when a script is graded. With --explain it tells after each command which checks that changes.",
    )
    .argument('<challenge>', 'such as sessions/cantina')
    .option('--explain', 'tell after each command which checks it changes')
    .addOption(colorOption())
    .addHelpText(
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
    )
    .action(async (challenge: string, options) => {
      const { tryCommand } = await import('./try.ts');
      finish(await tryCommand(challenge, options));
    });
}
