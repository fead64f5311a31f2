import { count } from '../../text/count.ts';
import { type CheckKind, type Failure, PASS } from '../check.ts';
import {
  COMMAND_PATTERNS_PROPERTIES,
  COMMAND_PATTERNS_SCHEMA,
  type CommandPatterns,
  describePatterns,
  matchesCommand,
  patternNames,
} from '../command-pattern.ts';
import { notesOn } from '../effects.ts';
import type { RunView } from '../run-view.ts';
import type { TracedCommand } from '../traced-command.ts';

type CommandRanParams = CommandPatterns & {
  before?: CommandPatterns;
  after?: CommandPatterns;
  times?: number;
  also?: CommandPatterns[];
};

export const commandRan: CheckKind<CommandRanParams> = {
  kind: 'command-ran',
  description: 'The script ran this command, or any of several that do the same.',
  properties: {
    ...COMMAND_PATTERNS_PROPERTIES,
    before: {
      ...COMMAND_PATTERNS_SCHEMA,
      description:
        'It ran earlier than some command of this pattern, if any ran: whether one did is for another check.',
    },
    after: {
      ...COMMAND_PATTERNS_SCHEMA,
      description: 'It ran later than some command of this pattern, and in the same database.',
    },
    times: {
      type: 'integer',
      minimum: 1,
      description: 'It ran at least so often; once where it is left out.',
    },
    also: {
      type: 'array',
      minItems: 1,
      items: COMMAND_PATTERNS_SCHEMA,
      description: 'Each of these ran, too, at any time: what one command may do or several.',
    },
  },
  required: [],
  anyRequired: ['command', 'anyOf'],
  judge(parameters, run) {
    const { before, after, times = 1, also = [] } = parameters;
    const ran = run.commands.filter((command) => matchesCommand(parameters, command));
    const last = before && run.commands.findLast((command) => matchesCommand(before, command));
    const markers = after && run.commands.filter((command) => matchesCommand(after, command));
    const inPlace = ran.filter(
      (command) =>
        (!last || command.index < last.index) &&
        // In another database there is nothing of what the commands before it did.
        (!markers || markers.some(({ index, db }) => index < command.index && db === command.db)),
    );
    const missing = also.find(
      (patterns) => !run.commands.some((command) => matchesCommand(patterns, command)),
    );
    if (inPlace.length >= times) {
      if (!missing) return PASS;
      return {
        passed: false,
        expected: describePatterns(missing),
        ...describeRan(run, missing, [], 0, undefined),
      };
    }
    const expected =
      describePatterns(parameters) +
      (before ? `, before ${describePatterns(before)}` : '') +
      (after ? `, after ${describePatterns(after)}` : '') +
      (times > 1 ? `, ${times} times` : '');
    return {
      passed: false,
      expected,
      ...describeRan(run, parameters, ran, inPlace.length, last ?? markers?.[0]),
    };
  },
};

function describeRan(
  run: RunView,
  patterns: CommandPatterns,
  ran: readonly TracedCommand[],
  inPlace: number,
  marker: TracedCommand | undefined,
): Pick<Failure, 'actual' | 'commands'> {
  if (inPlace > 0) return { actual: `it ran ${count(inPlace, 'time')}`, commands: notesOn(run, ran) };
  if (ran.length > 0) {
    const around = marker ? [...ran, marker].sort((a, b) => a.index - b.index) : ran;
    return { actual: 'it ran, but not at that point', commands: notesOn(run, around) };
  }
  const names = patternNames(patterns);
  const alike = run.commands.filter((command) => names.has(command.name));
  if (alike.length > 0) {
    return { actual: `${alike[0]?.name} ran, but not with these arguments`, commands: notesOn(run, alike) };
  }
  return { actual: run.ownCommands.length === 0 ? 'no command ran at all' : 'no such command ran' };
}
