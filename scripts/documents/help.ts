import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { buildProgram } from '../../graders/harness/cli/program.ts';
import type { DocumentedCommand } from './documented-command.ts';

/** The examples that `--help` gives, of the whole tool and of each command. */
export function commandsOfHelp(): DocumentedCommand[] {
  const program = buildProgram(() => undefined);
  return [program, ...program.commands].flatMap(examplesOf);
}

function examplesOf(command: CommandUnknownOpts): DocumentedCommand[] {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  const document = command.parent ? `keyspace-grader ${command.name()} --help` : 'keyspace-grader --help';
  const found: DocumentedCommand[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    // What follows two spaces is an explanation.
    const [, example] = /^ {2}\$ (.+?)(?: {2,}.*)?$/.exec(line) ?? [];
    if (example !== undefined)
      found.push({
        text: example,
        document,
        line: index + 1,
        headings: ['Examples'],
        block: true,
        output: [],
      });
  }
  return found;
}
