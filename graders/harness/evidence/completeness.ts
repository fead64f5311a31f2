import { commandName } from './command-name.ts';
import type { LeftOut, RecordedCompleteness, Trace, TraceEntry } from './evidence.ts';
import type { TraceQuestion } from './trace-question.ts';

/**
 * How complete a trace is with respect to a question that a check asks of it:
 * - `all`: each command that matters to it is there.
 * - `repeats`: so it is, but for turns of a loop in which nothing changed from turn to turn. Several of its
 *   first turns are there, and its last.
 * - `ends`: the first and the last of them are there, thousands and hundreds.
 * - `some`: what is there did happen, and nothing else is known.
 */
export type Completeness = RecordedCompleteness | 'some';

const LEAST_FIRST: readonly Completeness[] = ['some', 'ends', 'repeats', 'all'];

/** How complete a trace is with respect to a question. */
export function completenessFor({ entries, total, leftOut }: Trace, question: TraceQuestion): Completeness {
  const { id, names, word } = question;
  // Who recorded it has looked at whole commands.
  const known = leftOut && Object.hasOwn(leftOut.asked, id) ? leftOut.asked[id] : undefined;
  if (known !== undefined) return known;
  if (entries.some((entry) => hidesArguments(entry) && mayConcern(question, commandName(entry.args))))
    return 'some';
  if (leftOut === undefined) return total > entries.length ? 'some' : 'all';
  // Nobody asked when it was recorded. Where only names matter, it is known which were left out.
  const byName = word === undefined && names !== undefined && leftOut.commands[MANY] === undefined;
  const missing = !byName || [...names].some((name) => Object.hasOwn(leftOut.commands, name));
  return missing ? 'some' : 'all';
}

/** True for a command of which not all arguments are there. */
export function hidesArguments({ args, arguments: total = 0 }: TraceEntry): boolean {
  return total > args.length;
}

/** True where a question may be about a command of that name because of arguments that are not there. */
export function mayConcern({ names, word }: TraceQuestion, name: string): boolean {
  return word !== undefined || (names?.has(name) ?? false);
}

/** True where a trace is as complete as is needed, or more so. */
export function isAtLeast(found: Completeness, needed: Completeness): boolean {
  return LEAST_FIRST.indexOf(found) >= LEAST_FIRST.indexOf(needed);
}

/** What is known of a trace; undefined where nothing was left out of it. */
function askedOf({ entries, leftOut }: Trace): LeftOut['asked'] | undefined {
  return leftOut?.asked ?? (entries.some(hidesArguments) ? {} : undefined);
}

/** What is known of both, where all is known of one that nothing was left out of. */
function worstOf(one: LeftOut['asked'] | undefined, other: LeftOut['asked'] | undefined): LeftOut['asked'] {
  if (!one || !other) return one ?? other ?? {};
  const both = Object.entries(one).flatMap(([id, known]) => {
    const also = Object.hasOwn(other, id) ? other[id] : undefined;
    return also === undefined ? [] : [[id, isAtLeast(known, also) ? also : known] as const];
  });
  return Object.fromEntries(both);
}

/** Stands for all further names, where there are more than can be kept. */
export const MANY = '…';

/** Two traces, one behind the other. */
export function joinTraces(first: Trace, second: Trace): Trace {
  const joined = { entries: [...first.entries, ...second.entries], total: first.total + second.total };
  if (!first.leftOut && !second.leftOut) return joined;
  const commands = { ...first.leftOut?.commands };
  for (const [name, number] of Object.entries(second.leftOut?.commands ?? {}))
    commands[name] = (commands[name] ?? 0) + number;
  const lua = (first.leftOut?.lua ?? 0) + (second.leftOut?.lua ?? 0);
  return {
    ...joined,
    leftOut: {
      commands,
      lua,
      asked: worstOf(askedOf(first), askedOf(second)),
    },
  };
}
