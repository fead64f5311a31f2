import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { packageVersion } from '../base/project.ts';
import type { Finish, MakeCommand } from './command.ts';
import { batch } from './commands/batch.ts';
import { collect } from './commands/collect.ts';
import { doctor } from './commands/doctor.ts';
import { enqueue } from './commands/enqueue.ts';
import { grade } from './commands/grade.ts';
import { hint } from './commands/hint.ts';
import { init } from './commands/init.ts';
import { judge } from './commands/judge.ts';
import { lint } from './commands/lint.ts';
import { list } from './commands/list.ts';
import { merge } from './commands/merge.ts';
import { newCommand } from './commands/new.ts';
import { regrade } from './commands/regrade.ts';
import { tryCommand } from './commands/try.ts';
import { verify } from './commands/verify.ts';
import { watch } from './commands/watch.ts';
import { worker } from './commands/worker.ts';
import { EXIT_CODES_OF_REPORTS } from './options.ts';

/** Every command, by who needs it, in the order in which `--help` shows them. */
const COMMANDS: Readonly<Record<string, readonly MakeCommand[]>> = {
  'For learners:': [list, grade, watch, hint, tryCommand, doctor],
  'For teachers:': [init, batch, regrade, merge, judge],
  'For classes on many machines:': [enqueue, worker, collect],
  'For authors of challenges:': [newCommand, lint, verify],
};

/** The command-line interface. A parse error is thrown as a CommanderError once it has been told. */
export function buildProgram(finish: Finish): CommandUnknownOpts {
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
${EXIT_CODES_OF_REPORTS}`,
    );
  for (const [heading, commands] of Object.entries(COMMANDS)) {
    program.commandsGroup(heading);
    for (const make of commands) program.addCommand(make(finish).copyInheritedSettings(program));
  }
  return program;
}

function argumentTerms({ registeredArguments }: CommandUnknownOpts): string[] {
  return registeredArguments.map((argument) =>
    argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
  );
}
