import type { LeftOut, Trace, TraceGap } from './evidence.ts';
import type { TraceQuestion } from './trace-question.ts';

/**
 * How much is known of what a check asks of a trace:
 * - `all`: each command that matters to it is there.
 * - `repeats`: so it is, but for turns of a loop in which nothing changed from turn to turn. Several of its
 *   first turns are there, and its last.
 * - `ends`: the first and the last of them are there, thousands and hundreds.
 * - `some`: what is there did happen, and nothing else is known.
 */
export type Known = TraceGap | 'some';

const LEAST_FIRST: readonly Known[] = ['some', 'ends', 'repeats', 'all'];

/** How much of a trace is known as far as a question goes. */
export function knownOf({ entries, total, leftOut }: Trace, { id, names, word }: TraceQuestion): Known {
  if (leftOut === undefined) return total > entries.length ? 'some' : 'all';
  const known = Object.hasOwn(leftOut.asked, id) ? leftOut.asked[id] : undefined;
  if (known !== undefined) return known;
  // Nobody asked when it was recorded. Where only names matter, it is known which were left out.
  const byName = word === undefined && names !== undefined && leftOut.commands[MANY] === undefined;
  const missing = !byName || [...names].some((name) => Object.hasOwn(leftOut.commands, name));
  return missing ? 'some' : 'all';
}

/** True where as much is known as is needed. */
export function isEnough(known: Known, needed: Known): boolean {
  return LEAST_FIRST.indexOf(known) >= LEAST_FIRST.indexOf(needed);
}

/** What is known of both, where all is known of one that nothing was left out of. */
function worstOf(one: LeftOut['asked'] = {}, other = one): LeftOut['asked'] {
  const both = Object.entries(one).flatMap(([id, known]) => {
    const also = Object.hasOwn(other, id) ? other[id] : undefined;
    return also === undefined ? [] : [[id, isEnough(known, also) ? also : known] as const];
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
      asked: worstOf(first.leftOut?.asked ?? second.leftOut?.asked, second.leftOut?.asked),
    },
  };
}
