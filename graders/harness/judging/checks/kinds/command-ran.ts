import { expectationOf } from '../../words/expectation-words.ts';
import { type Answered, answered, wasAnswered } from '../answered.ts';
import { defineKind } from '../check-kind.ts';
import { type CommandPatterns, commandPatterns, patternsBeside } from '../command-pattern.ts';
import { PASS } from '../finding.ts';
import { type Held, held, heldStates } from '../held.ts';
import { type Matcher, matcher } from '../matcher.ts';
import { integer, oneOf, oneOrMore, optional } from '../parameters.ts';
import { missedBy, PLACE } from '../place.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { isOnData, laterThan, onceHeld, removersOf } from '../timing.ts';
import { aboutCommands, aboutKey } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';
import { describeRan } from '../what-ran.ts';

/** So often what ran in a loop is kept for certain, whatever else of a long trace is not. */
const SURE_TIMES = 20;

export const commandRan = defineKind({
  kind: 'command-ran',
  description:
    'The script ran this command, or any of several that do the same. What the server refused with an error does not count, nor does what came to nothing, where that is known: nil, an empty list, a write that changed nothing.',
  parameters: patternsBeside({
    before: optional(
      commandPatterns(
        'It ran earlier than some command of this pattern, if any ran: whether one did is for another check.',
      ),
    ),
    beforeRemoved: optional(
      matcher({
        description: 'It ran earlier than some command that removed a key of such a name, if any did.',
      }),
    ),
    after: optional(commandPatterns('It ran later than some command of this pattern.')),
    afterHeld: optional(
      held(
        'It ran once this key had been in this state, whatever brought it there, or later than some command of `after`. Where just a key is asked for, any command that makes keys stands for `after` if that is left out.',
      ),
    ),
    times: optional(
      integer({ minimum: 1, description: 'It ran at least so often; once where it is left out.' }),
    ),
    reply: optional(
      oneOf(['any'], {
        description: 'It counts, too, where it came to nothing.',
      }),
    ),
    ...PLACE,
    orHeld: optional(held('Or else this key was in this state at some time, whatever brought it there.')),
    orAnswered: optional(
      answered(
        'Or else commands that left this key alone were answered with what it held: a string or a part of it, all elements of a list, at once or one by one.',
      ),
    ),
    orRemoved: optional(
      matcher({ description: 'Or else a command removed a key of such a name, by that name.' }),
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
  commands: (parameters) => {
    const { before, beforeRemoved, after, afterHeld } = parameters;
    const isLate = !before && beforeRemoved === undefined && (after ?? afterHeld) !== undefined;
    return commandsOf(parameters).map((patterns) => ({ patterns, isLate }));
  },
  asks: ({
    before,
    after,
    afterHeld,
    also = [],
    reply: _,
    answeredWith: __,
    tookFrom: ___,
    db: ____,
    transaction: _____,
    ...patterns
  }) => [
    ...[patterns, before, after, ...also].flatMap((some) => (some ? [aboutCommands(some)] : [])),
    ...(afterHeld && !after ? [aboutKey(afterHeld.key)] : []),
  ],
  judge(parameters, run) {
    const { before, beforeRemoved, after, afterHeld, times = 1, also = [], reply, transaction } = parameters;
    const counts = (command: TracedCommand) =>
      !run.failed(command) &&
      (reply === 'any' || !run.cameToNothing(command)) &&
      missedBy(run, command, parameters) === undefined;
    const ran = run.matching(parameters).filter(counts);
    // That these two were refused is for another check.
    const last = latest([
      ...(before ? run.matching(before).filter(isOnData) : []),
      ...(beforeRemoved === undefined ? [] : removersOf(run, beforeRemoved)),
    ]);
    const later = afterHeld ? onceHeld(run, afterHeld, after) : after && laterThan(run, after);
    const isEarly = ({ index }: TracedCommand) => !last || index < last.index;
    const isInPlace = (command: TracedCommand) => isEarly(command) && (!later || later.isLater(command));
    const inPlace = ran.filter(isInPlace);
    const isDoneOtherwise = () =>
      cameAbout(parameters, run, (command) => counts(command) && isEarly(command));
    const missing = also.find((patterns) => !run.matching(patterns).some(counts));
    const isDone = inPlace.length >= times && !missing;
    if (isDone || isDoneOtherwise()) {
      if (before && !last) requireInTrace(run, aboutCommands(before), 'ends');
      return PASS;
    }
    if (missing && inPlace.length >= times) {
      requireInTrace(run, aboutCommands(missing), 'ends');
      return {
        passed: false,
        ...expectationOf(run, missing, {}),
        ...describeRan(run, missing, { ...NONE, place: parameters, own: commandsOf(parameters) }),
      };
    }
    if (transaction) requireHistory(run, []);
    // First and last ones tell, but for what must have stood between two others, and how often.
    const needed = before && after ? 'repeats' : 'ends';
    for (const patterns of [parameters, before, after])
      if (patterns) requireInTrace(run, aboutCommands(patterns), times > SURE_TIMES ? 'all' : needed);
    if (afterHeld && !after && !run.history.knows(afterHeld.key))
      requireInTrace(run, aboutKey(afterHeld.key), 'ends');
    const counted = { ran, inPlace: inPlace.length, isInPlace, marker: last ?? later?.marker };
    return {
      passed: false,
      ...expectationOf(run, parameters, parameters),
      ...describeRan(run, parameters, { ...counted, place: parameters, own: commandsOf(parameters) }),
    };
  },
});

/** Of what is not there at all. */
const NONE = { ran: [], inPlace: 0, isInPlace: () => true, marker: undefined };

/** All commands that are to run. */
function commandsOf(parameters: CommandPatterns & { also?: CommandPatterns[] }): CommandPatterns[] {
  return [parameters, ...(parameters.also ?? [])];
}

/** True where what the command is for came about in another way. */
function cameAbout(
  { orHeld, orAnswered, orRemoved }: { orHeld?: Held; orAnswered?: Answered; orRemoved?: Matcher },
  run: RunView,
  counts: (command: TracedCommand) => boolean,
): boolean {
  return (
    (orHeld !== undefined && !heldStates(run, orHeld).next().done) ||
    (orAnswered !== undefined && wasAnswered(run, orAnswered, counts)) ||
    (orRemoved !== undefined && removersOf(run, orRemoved).length > 0)
  );
}

function latest(commands: readonly TracedCommand[]): TracedCommand | undefined {
  return commands.reduce<TracedCommand | undefined>(
    (last, command) => (last && last.index >= command.index ? last : command),
    undefined,
  );
}
