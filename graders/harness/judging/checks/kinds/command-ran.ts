import { count } from '../../../base/text/count.ts';
import { type Answered, answered, wasAnswered } from '../answered.ts';
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
import { describeHeld, type Held, held, heldStates } from '../held.ts';
import { type Matcher, matcher } from '../matcher.ts';
import { noneRan } from '../none-ran.ts';
import { integer, oneOf, oneOrMore, optional } from '../parameters.ts';
import { describePlace, missedBy, PLACE, type Place } from '../place.ts';
import { requireHistory } from '../require-history.ts';
import { requireInTrace } from '../require-in-trace.ts';
import type { RunView } from '../run-view.ts';
import { isOnData, laterThan, onceHeld, removersOf } from '../timing.ts';
import { aboutCommands, aboutKey } from '../trace-questions.ts';
import type { TracedCommand } from '../traced-command.ts';

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
    const inPlace = ran.filter((command) => isEarly(command) && (!later || later.isLater(command)));
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
        expected: describePatterns(missing),
        ...describeRan(run, missing, [], 0, undefined, parameters),
      };
    }
    if (transaction) requireHistory(run, []);
    // First and last ones tell, but for what must have stood between two others, and how often.
    const needed = before && after ? 'repeats' : 'ends';
    for (const patterns of [parameters, before, after])
      if (patterns) requireInTrace(run, aboutCommands(patterns), times > SURE_TIMES ? 'all' : needed);
    if (afterHeld && !after && !run.history.knows(afterHeld.key))
      requireInTrace(run, aboutKey(afterHeld.key), 'ends');
    const expected =
      describePatterns(parameters) +
      describePlace(parameters) +
      (before ? `, before ${describePatterns(before)}` : '') +
      (afterHeld ? `, once ${describeHeld(afterHeld)}` : after ? `, after ${describePatterns(after)}` : '') +
      (times > 1 ? `, ${times} times` : '');
    return {
      passed: false,
      expected,
      ...describeRan(run, parameters, ran, inPlace.length, last ?? later?.marker, parameters),
    };
  },
});

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

function describeRan(
  run: RunView,
  patterns: CommandPatterns,
  ran: readonly TracedCommand[],
  inPlace: number,
  marker: TracedCommand | undefined,
  place: Place,
): Pick<Failure, 'actual' | 'commands'> {
  if (inPlace > 0) return { actual: `it ran ${count(inPlace, 'time')}`, commands: notesOn(run, ran) };
  if (ran.length > 0) {
    const around = marker ? [...ran, marker].sort((a, b) => a.index - b.index) : ran;
    return { actual: 'it ran, but not at that point', commands: notesOn(run, around) };
  }
  const vain = run.matching(patterns);
  if (vain.length > 0) return { actual: inVain(run, vain, place), commands: notesOn(run, vain) };
  const alike = run.named(patternNames(patterns));
  if (alike.length > 0) {
    return { actual: `${alike[0]?.name} ran, but not with these arguments`, commands: notesOn(run, alike) };
  }
  return { actual: noneRan(run, patternNames(patterns)) };
}

function inVain(run: RunView, vain: readonly TracedCommand[], place: Place): string {
  const accepted = vain.filter((command) => !run.failed(command));
  if (accepted.length === 0) return 'it ran, but was answered with an error';
  const missed = accepted
    .filter((command) => !run.cameToNothing(command))
    .flatMap((command) => missedBy(run, command, place) ?? [])
    .at(-1);
  return `it ran, but ${missed ?? 'came to nothing: what it asked for was not there'}`;
}
