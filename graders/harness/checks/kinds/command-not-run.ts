import { type CheckKind, PASS } from '../check.ts';
import {
  COMMAND_PATTERNS_PROPERTIES,
  COMMAND_PATTERNS_SCHEMA,
  type CommandPatterns,
  describePatterns,
  matchesCommand,
} from '../command-pattern.ts';
import { notesOn } from '../effects.ts';

type CommandNotRunParams = CommandPatterns & { after?: CommandPatterns; before?: CommandPatterns };

export const commandNotRun: CheckKind<CommandNotRunParams> = {
  kind: 'command-not-run',
  description: 'The script did not run any of these commands.',
  properties: {
    ...COMMAND_PATTERNS_PROPERTIES,
    after: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran later than the first command of this pattern counts.',
    },
    before: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran earlier than the last command of this pattern counts.',
    },
  },
  required: [],
  judge(parameters, run) {
    const { after, before } = parameters;
    const first = after
      ? (run.commands.find((command) => matchesCommand(after, command))?.index ?? Number.POSITIVE_INFINITY)
      : -1;
    const last = before
      ? (run.commands.findLast((command) => matchesCommand(before, command))?.index ?? -1)
      : Number.POSITIVE_INFINITY;
    const ran = run.commands.filter(
      (command) => command.index > first && command.index < last && matchesCommand(parameters, command),
    );
    if (ran.length === 0) return PASS;
    return {
      passed: false,
      expected: `none of ${describePatterns(parameters)}`,
      actual: 'it ran',
      commands: notesOn(run, ran),
    };
  },
};
