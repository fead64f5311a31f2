import { Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_IMAGE, RUNTIME_IMAGE } from '../engine/image.ts';
import { packageVersion } from '../project.ts';
import { REPORT_FORMATS } from '../report/formats/index.ts';
import { type RequestedReport, requestedReport } from '../report/formats/requested.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { list } from '../text/count.ts';
import { addBatch, addMerge, addRegrade } from './program-batch.ts';
import { addLearner } from './program-learner.ts';
import { addQueue } from './program-queue.ts';
import { addSetup } from './program-setup.ts';

/** Takes the exit code of the command that ran. */
export type Finish = (exitCode: number) => void;

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
  addVerify(program, finish);
  addLint(program, finish);
  addNew(program, finish);
  addBatch(program, finish);
  addRegrade(program, finish);
  addMerge(program, finish);
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

function addVerify(program: Command, finish: Finish): void {
  withCollection(withTestbed(program.command('verify')))
    .summary('prove graders with their fixtures')
    .description(
      'Proves graders: the starter gains nothing, every right submission gets full marks, every wrong one loses exactly what its golden says, and every check is failed by one of them.',
    )
    .argument('[challenge...]', 'such as sessions/cantina, or a mission; all where none is named')
    .addOption(
      new Option(
        '--mutate',
        'put mistakes into the right command files instead, and show those that get full marks',
      ).conflicts('update'),
    )
    .option('--update', 'write down what the wrong submissions lose instead, as what they are to lose')
    .option('--jobs <n>', 'how many submissions are graded at a time', jobs, 2)
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader verify sessions/cantina
  $ keyspace-grader verify --engine local
  $ keyspace-grader verify --image valkey/valkey:8.0
  $ keyspace-grader verify --mutate sessions/cantina
  $ keyspace-grader verify --update sessions/cantina
  $ keyspace-grader verify --challenges ../our-challenges

Exit codes:
  0  every grader is proven, but for those that need a later server
  1  some grader is not
  2  the call is wrong
  3  infrastructure
`,
    )
    .action(async (challenges: string[], { mutate, update, ...options }) => {
      if (mutate) {
        const { mutateCommand } = await import('./mutate.ts');
        finish(await mutateCommand(challenges, options));
      } else if (update) {
        const { updateCommand } = await import('./update.ts');
        finish(await updateCommand(challenges, options));
      } else {
        const { verifyCommand } = await import('./verify.ts');
        finish(await verifyCommand(challenges, options));
      }
    });
}

function addLint(program: Command, finish: Finish): void {
  withCollection(withEngine(program.command('lint')))
    .summary('say what authors should mend in challenges')
    .description(
      'Looks through graders, instructions, starters and fixtures for what authors should mend: mistakes in the grader file, hints and texts that give the answer away or leave out what is demanded, set-up that the server refuses, missing files. Grades nothing.',
    )
    .argument('[challenge...]', 'such as sessions/cantina, or a mission; all where none is named')
    .option('--json', 'as JSON')
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader lint
  $ keyspace-grader lint sessions/cantina --engine local
  $ keyspace-grader lint --json | jq -r '.[].rule'

Exit codes:
  0  nothing to mend
  1  something to mend
  2  the call is wrong
  3  infrastructure
`,
    )
    .action(async (challenges: string[], options) => {
      const { lintCommand } = await import('./lint.ts');
      finish(await lintCommand(challenges, options));
    });
}

function addNew(program: Command, finish: Finish): void {
  withCollection(program.command('new'))
    .summary('write the files of a new challenge')
    .description(
      'Writes a grader, instructions, a starter and fixtures of a new challenge: a small example that can be verified at once. Overwrites nothing.',
    )
    .argument('<challenge>', 'its name, such as sessions/jukebox')
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader new sessions/jukebox
  $ keyspace-grader lint sessions/jukebox
  $ keyspace-grader verify sessions/jukebox

Exit codes:
  0  written
  2  the call is wrong: no such name, or it is there already
`,
    )
    .action(async (challenge: string, options) => {
      const { newCommand } = await import('./new.ts');
      finish(await newCommand(challenge, options));
    });
}

/** The option that names a collection of somebody's own. */
export function withCollection(command: Command): Command {
  return command.option(
    '--challenges <dir>',
    'the root of a repository with challenges of your own, in place of the workshop',
  );
}

/** The options that say where submissions are graded. */
export function withTestbed(command: Command, sandbox = 'process'): Command {
  return withEngine(command)
    .addOption(
      new Option(
        '--sandbox <sandbox>',
        'how far the script is kept from this machine; container: for scripts you do not trust',
      )
        .choices(['process', 'container'])
        .default(sandbox),
    )
    .option(
      '--runtime-image <ref>',
      'the image in which scripts run in the container sandbox',
      RUNTIME_IMAGE,
    );
}

/** The options that say where servers come from. */
export function withEngine(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <engine>', 'where the server runs; auto: Docker where it answers, else local')
        .choices(['auto', 'docker', 'local'])
        .default('auto'),
    )
    .option('--image <ref>', 'the image for the docker engine', DEFAULT_IMAGE);
}

/** The options of a command that ends with a report. */
function withReport(command: Command): Command {
  return command
    .option('--json <file>', 'write the whole report as JSON; - for stdout, and then nothing else there')
    .addOption(
      new Option(
        '--report <format>[=<file>]',
        `write a report for others to read; may be given several times: ${formatNames()}`,
      )
        .argParser(addReport)
        .default([], 'none'),
    )
    .addOption(
      new Option('--fail-on <what>', 'error: exit with 0 unless a fault of ours kept it from being graded')
        .choices(['failed', 'error'])
        .default('failed'),
    )
    .option('-q, --quiet', 'print one line: the score')
    .addOption(colorOption());
}

function formatNames(): string {
  return list(Object.keys(REPORT_FORMATS), 'or');
}

function addReport(text: string, before: RequestedReport[]): RequestedReport[] {
  return [...before, requestedReport(text)];
}

export function colorOption(): Option {
  return new Option('--no-color', 'no colours (NO_COLOR does the same)');
}

export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError('It must be a number of seconds, more than 0 and at most 3600.');
}

export function jobs(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 64) return value;
  throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}
