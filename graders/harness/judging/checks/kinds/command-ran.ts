import { count } from '../../../base/text/count.ts';
import { defineKind } from '../check-kind.ts';
import {
  type CommandPatterns,
  commandPatterns,
  describePatterns,
  patternNames,
  patternsBeside,
} from '../command-pattern.ts';
import { notesOn } from '../effects.ts';
import { type Failure, PASS } from '../finding.ts';
import { integer, oneOf, oneOrMore, optional } from '../parameters.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { aboutCommands } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

/** So often what ran in a loop is kept for certain, whatever else of a long trace is not. */
const SURE_TIMES = 20;

export const commandRan = defineKind({
  kind: 'command-ran',
  description:
    'The script ran this command, or any of several that do the same, in database 0. What the server refused with an error does not count, nor does what came to nothing, where that is known: nil, an empty list, a write that changed nothing.',
  parameters: patternsBeside({
    before: optional(
      commandPatterns(
        'It ran earlier than some command of this pattern, if any ran: whether one did is for another check.',
      ),
    ),
    after: optional(commandPatterns('It ran later than some command of this pattern.')),
    times: optional(
      integer({ minimum: 1, description: 'It ran at least so often; once where it is left out.' }),
    ),
    reply: optional(
      oneOf(['any'], {
        description: 'It counts, too, where it came to nothing.',
      }),
    ),
    also: optional(
      oneOrMore(commandPatterns(), {
        description: 'Each of these ran, too, at any time: what one command may do or several.',
      }),
    ),
  }),
  example: {
    purpose: 'For reads, which leave nothing in the keyspace, and for the order of things.',
    yaml: "command: [HGET, HMGET, HGETALL]\nargs: ['basket:7']\nbefore: { command: [HINCRBY, HSET], args: ['basket:7'] }",
    mistake: 'nothing was read',
    seen: { commands: ['HSET basket:7 apples 5'] },
  },
  asks: ({ before, after, also = [], reply: _, ...patterns }) =>
    [patterns, before, after, ...also].flatMap((some) => (some ? [aboutCommands(some)] : [])),
  judge(parameters, run) {
    const { before, after, times = 1, also = [], reply } = parameters;
    // In another database there is nothing of the data that is graded.
    const isOnData = ({ db }: TracedCommand) => db === 0;
    const counts = (command: TracedCommand) =>
      isOnData(command) && !run.failed(command) && (reply === 'any' || !run.cameToNothing(command));
    const ran = run.matching(parameters).filter(counts);
    // That these two were refused is for another check.
    const last = before && run.matching(before).findLast(isOnData);
    const first = after && run.matching(after).find(isOnData);
    const inPlace = ran.filter(
      ({ index }) => (!last || index < last.index) && (!after || (first && index > first.index)),
    );
    const missing = also.find((patterns) => !run.matching(patterns).some(counts));
    if (inPlace.length >= times) {
      if (before && !last) requireInTrace(run, aboutCommands(before), 'ends');
      if (!missing) return PASS;
      requireInTrace(run, aboutCommands(missing), 'ends');
      return {
        passed: false,
        expected: describePatterns(missing),
        ...describeRan(run, missing, [], 0, undefined),
      };
    }
    // First and last ones tell, but for what must have stood between two others, and how often.
    const needed = before && after ? 'repeats' : 'ends';
    for (const patterns of [parameters, before, after])
      if (patterns) requireInTrace(run, aboutCommands(patterns), times > SURE_TIMES ? 'all' : needed);
    const expected =
      describePatterns(parameters) +
      (before ? `, before ${describePatterns(before)}` : '') +
      (after ? `, after ${describePatterns(after)}` : '') +
      (times > 1 ? `, ${times} times` : '');
    return {
      passed: false,
      expected,
      ...describeRan(run, parameters, ran, inPlace.length, last ?? first),
    };
  },
});

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
  const vain = run.matching(patterns);
  if (vain.length > 0) return { actual: inVain(run, vain), commands: notesOn(run, vain) };
  const alike = run.named(patternNames(patterns));
  if (alike.length > 0) {
    return { actual: `${alike[0]?.name} ran, but not with these arguments`, commands: notesOn(run, alike) };
  }
  return { actual: run.ownCommands.length === 0 ? 'no command ran at all' : 'no such command ran' };
}

function inVain(run: RunView, vain: readonly TracedCommand[]): string {
  const accepted = vain.filter((command) => !run.failed(command));
  const [elsewhere] = accepted.filter(({ db }) => db !== 0);
  if (accepted.length > 0 && !elsewhere)
    return 'it ran, but came to nothing: what it asked for was not there';
  return elsewhere ? `it ran, but in database ${elsewhere.db}` : 'it ran, but was answered with an error';
}
