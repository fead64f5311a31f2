import { Command } from 'commander';
import { packageVersion } from '../project.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { colorOption, type Finish, seconds, withCollection, withReport, withTestbed } from './options.ts';
import { addAuthor } from './program-author.ts';
import { addBatch } from './program-batch.ts';
import { addLearner } from './program-learner.ts';
import { addQueue } from './program-queue.ts';
import { addSetup } from './program-setup.ts';

const EXIT_CODES = `
Exit codes:
  0  every check passed
  1  graded, and not every check passed
  2  the call is wrong: unknown challenge, no script, bad option, broken grader
  3  infrastructure: no engine to be had, or the server died by itself
`;

/**
 * The command-line interface. What a command needs is loaded when it runs, so that `--help` loads next to
 * nothing. A parse error is thrown as a CommanderError once it has been told.
 */
export function buildProgram(finish: Finish): Command {
  const program = new Command('keyspace-grader')
    .description(
      'Grades hands-on Valkey challenges: runs a script against a throwaway server, then judges the keyspace, the commands and the output.',
    )
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // Every command has options: saying so would only make the list too wide for a terminal.
    .configureHelp({ subcommandTerm: (command) => [command.name(), ...argumentTerms(command)].join(' ') })
    .showHelpAfterError('(--help shows what there is)')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader list
  $ keyspace-grader grade sessions/cantina solution.py
  $ keyspace-grader grade sessions/cantina --evidence evidence.json
  $ keyspace-grader judge sessions/cantina evidence.json
${EXIT_CODES}`,
    );
  addGrade(program, finish);
  addJudge(program, finish);
  addList(program, finish);
  addAuthor(program, finish);
  addBatch(program, finish);
  addQueue(program, finish);
  addSetup(program, finish);
  addLearner(program, finish);
  return program;
}

function addGrade(program: Command, finish: Finish): void {
  const command = withTestbed(program.command('grade'))
    .summary('run a script and grade it')
    .description(
      'Runs the script of a challenge against a throwaway Valkey server and prints the graded report.',
    )
    .argument(
      '<challenge>',
      'such as sessions/cantina; or a mission, all, or several with commas between them',
    )
    .argument('[path]', 'the script, or a folder that holds solution.*', '.')
    .option('--timeout <seconds>', 'how long the script may run', seconds, DEFAULT_LIMITS.timeMs / 1000)
    .option('--evidence <file>', 'keep what was seen, to judge it again later');
  withReport(withCollection(command))
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader grade sessions/cantina
        solution.* in this folder, or in challenges/sessions/cantina/
  $ keyspace-grader grade sessions/cantina my-session.sh
  $ keyspace-grader grade sessions/cantina --engine local --timeout 5
  $ keyspace-grader grade sessions/cantina --sandbox container
  $ keyspace-grader grade sessions/cantina --json - | jq .score
  $ keyspace-grader grade sessions --report html --report junit=junit.xml
        every challenge of a mission that is in this folder
${EXIT_CODES}`,
    )
    .action(async (challenge: string, path: string, options) => {
      const { gradeCommand } = await import('./grade.ts');
      finish(await gradeCommand(challenge, path, options));
    });
}

function addJudge(program: Command, finish: Finish): void {
  withReport(withCollection(program.command('judge')))
    .summary('judge saved evidence again')
    .description('Judges evidence that `grade --evidence` kept, with the grader as it is now. Runs nothing.')
    .argument('<challenge>', 'such as sessions/cantina')
    .argument('<evidence>', 'a file that `grade --evidence` wrote')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader grade sessions/cantina --evidence evidence.json
  $ keyspace-grader judge sessions/cantina evidence.json
  $ keyspace-grader judge sessions/cantina evidence.json --report html
${EXIT_CODES}`,
    )
    .action(async (challenge: string, file: string, options) => {
      const { judgeCommand } = await import('./judge.ts');
      finish(await judgeCommand(challenge, file, options));
    });
}

function addList(program: Command, finish: Finish): void {
  withCollection(program.command('list'))
    .summary('show the way through the challenges')
    .description(
      'Shows the way through the challenges: mission by mission, the main challenge first, with points, difficulty and a rough time.',
    )
    .option('--json', 'as JSON')
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader list
  $ keyspace-grader list --json | jq -r '.[].id'
`,
    )
    .action(async (options) => {
      const { listCommand } = await import('./list.ts');
      finish(await listCommand(options));
    });
}

function argumentTerms({ registeredArguments }: Command): string[] {
  return registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
}
