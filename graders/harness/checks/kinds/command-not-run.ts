import { list } from '../../text/count.ts';
import { type CheckKind, PASS } from '../check.ts';
import {
  COMMAND_PATTERNS_PROPERTIES,
  COMMAND_PATTERNS_SCHEMA,
  type CommandPatterns,
  describePatterns,
  matchesCommand,
} from '../command-pattern.ts';
import { effectsOf } from '../effects.ts';

type CommandNotRunParams = CommandPatterns & {
  after?: CommandPatterns;
  since?: CommandPatterns;
  before?: CommandPatterns;
};

export const commandNotRun: CheckKind<CommandNotRunParams> = {
  kind: 'command-not-run',
  description: 'The script did not run any of these commands.',
  properties: {
    ...COMMAND_PATTERNS_PROPERTIES,
    after: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran later than the first command of this pattern counts.',
    },
    since: {
      ...COMMAND_PATTERNS_SCHEMA,
      description:
        'Only what ran later than the last command of this pattern counts, such as the one that began it all anew.',
    },
    before: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'Only what ran earlier than the last command of this pattern counts.',
    },
  },
  required: [],
  anyRequired: ['command', 'anyOf'],
  judge(parameters, run) {
    const { after, since, before } = parameters;
    const matching = (patterns: CommandPatterns) =>
      run.commands.filter((command) => matchesCommand(patterns, command)).map(({ index }) => index);
    const never = Number.POSITIVE_INFINITY;
    const earliest = Math.max(
      after ? (matching(after).at(0) ?? never) : -1,
      since ? (matching(since).at(-1) ?? never) : -1,
    );
    const latest = before ? (matching(before).at(-1) ?? -1) : never;
    const ran = run.commands.filter(
      (command) => command.index > earliest && command.index < latest && matchesCommand(parameters, command),
    );
    if (ran.length === 0) return PASS;
    return {
      passed: false,
      expected: `no ${describePatterns(parameters)}`,
      actual: `${list([...new Set(ran.map(({ name }) => name))])} ran`,
      commands: effectsOf(run, ran),
    };
  },
};
