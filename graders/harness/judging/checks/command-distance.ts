import {
  alternatives,
  type CommandPattern,
  type CommandPatterns,
  conditionsOf,
  namesOf,
} from './command-pattern.ts';
import { toNumber } from './decimal.ts';
import type { Matcher } from './matcher.ts';
import { isMisspelt } from './misspelt.ts';
import type { TracedCommand } from './traced-command.ts';

/** How far a command is from one that is meant. */
export interface Distance {
  /** The key that was asked for, and what the command names in its place; undefined if it names the right one. */
  missedKey: { wanted: string; found: string | null } | undefined;
  /** How many conditions do not hold; what is nearly right counts for less. */
  unmet: number;
}

/**
 * Tells how far commands are from the nearest one that is meant: one with the right key is nearer than one with another
 * key, and then the one with fewer wrong arguments is. Of a command of another name its arguments are compared with
 * those of all that are meant.
 */
export function distanceTo(patterns: CommandPatterns): (command: TracedCommand) => Distance {
  const all = alternatives(patterns).map((pattern) => ({
    named: new Set(namesOf(pattern)),
    distanceOf: distanceToOne(pattern),
  }));
  return (command) => {
    const namesakes = all.filter(({ named }) => named.has(command.name));
    const distances = (namesakes.length > 0 ? namesakes : all).map(({ distanceOf }) => distanceOf(command));
    return distances.reduce((best, one) => (isNearer(one, best) ? one : best));
  };
}

function isNearer(one: Distance, other: Distance): boolean {
  const [missed, otherMissed] = [one, other].map(({ missedKey }) => missedKey !== undefined);
  return missed === otherMissed ? one.unmet < other.unmet : !missed;
}

/**
 * The key that a pattern asks for: the first of its arguments that is a fixed text and no number. What stands before a
 * value may be a key, too, as in MSET, if it does not look like the name of an option.
 */
export function keyOf({ args = [], has = [], options = {} }: CommandPattern): string | undefined {
  const named = Object.keys(options).filter((name) => !/^[A-Z]+$/.test(name));
  return [...[...args, ...has].map(fixedText), ...named].find(
    (text) => text !== undefined && Number.isNaN(toNumber(text)),
  );
}

function distanceToOne(pattern: CommandPattern): (command: TracedCommand) => Distance {
  const { args = [], has = [], options = {} } = pattern;
  const conditions = conditionsOf(pattern);
  const wanted = keyOf(pattern);
  const place = args.findIndex((matcher) => fixedText(matcher) === wanted);
  const names = Object.keys(options).map((name) => name.toUpperCase());
  const texts = [...args, ...has, ...Object.values(options)].flatMap((matcher) => fixedText(matcher) ?? []);
  return (command) => {
    const unmet = conditions.filter((isMet) => !isMet(command)).length;
    // An option with a wrong value is nearer than none, and so is a misspelt text.
    const missing = names.filter((name) => !command.args.some((arg) => arg?.toUpperCase() === name)).length;
    const slips = unmet === 0 ? 0 : texts.filter((text) => hasSlip(command, text)).length;
    // One that may be anywhere is most often the first argument.
    const found = command.args[Math.max(0, place)] ?? null;
    const isRight = wanted === undefined || (place === -1 ? command.args.includes(wanted) : found === wanted);
    return { unmet: unmet + missing - slips / 2, missedKey: isRight ? undefined : { wanted, found } };
  };
}

function hasSlip({ args }: TracedCommand, text: string): boolean {
  return !args.includes(text) && args.some((arg) => arg !== null && isMisspelt(text, arg));
}

/** The one text that a matcher lets pass; undefined if it lets several, or numbers alone. */
function fixedText(matcher: Matcher): string | undefined {
  const equals = typeof matcher === 'object' ? matcher.equals : matcher;
  return typeof equals === 'string' ? equals : undefined;
}
