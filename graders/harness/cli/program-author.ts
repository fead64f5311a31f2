import { type Command, Option } from 'commander';
import { colorOption, type Finish, jobs, withCollection, withEngine, withTestbed } from './options.ts';

/** The commands for those who write challenges. */
export function addAuthor(program: Command, finish: Finish): void {
  addVerify(program, finish);
  addLint(program, finish);
  addNew(program, finish);
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
