import { type Command, Option } from 'commander';
import { colorOption, type Finish, withTestbed } from './options.ts';

/** The commands that come before the first grading. */
export function addSetup(program: Command, finish: Finish): void {
  addDoctor(program, finish);
  addInit(program, finish);
}

function addDoctor(program: Command, finish: Finish): void {
  withTestbed(program.command('doctor'))
    .summary('say whether this machine can grade')
    .description(
      'Looks at what grading uses on this machine (Node, Docker and its images, valkey-server, Bash and Python, temporary files, ports, the sandbox, proxies), and says what is fine, what is not, and the one command that mends it. Starts a server with each engine that is there; pulls, fetches and changes nothing.',
    )
    .option('--json', 'as JSON')
    .addOption(colorOption())
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader doctor
  $ keyspace-grader doctor --engine docker --sandbox container
        whether this machine can grade scripts that you do not trust
  $ keyspace-grader doctor --json | jq -r '.findings[].remedy | values'

Exit codes:
  0  submissions can be graded
  2  the call is wrong
  3  they cannot
`,
    )
    .action(async (options) => {
      const { doctorCommand } = await import('./doctor.ts');
      finish(await doctorCommand(options));
    });
}

function addInit(program: Command, finish: Finish): void {
  program
    .command('init')
    .summary('make a classroom repository')
    .description(
      'Makes a repository for learners, ready to push: instructions and starters, `npm test`, a workflow that grades every push, a dev container. With --teacher, the private side instead: roster, batch script, autograder bundle. Adds to a folder that is there, and overwrites nothing.',
    )
    .argument('<dir>', 'the folder to make')
    .option('--missions <list>', 'which missions, such as sessions,queues; or single challenges', 'all')
    .addOption(
      new Option('--classroom <kind>', "whose contract it keeps to: GitHub Classroom's, or Classroom 50's")
        .choices(['github', '50'])
        .default('github'),
    )
    .option('--teacher', "the teacher's side instead of the learners'")
    .addHelpText(
      'after',
      `
Examples:
  $ keyspace-grader init valkey-class
  $ keyspace-grader init valkey-sessions --missions sessions --classroom 50
  $ keyspace-grader init valkey-teacher --classroom 50 --teacher

Exit codes:
  0  written
  2  the call is wrong: no such mission, or something that would be written is
     there already
`,
    )
    .action(async (folder: string, options) => {
      const { initCommand } = await import('./init.ts');
      finish(await initCommand(folder, options));
    });
}
