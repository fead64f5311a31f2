import { list } from '../../base/text/count.ts';
import { printable, showArgument } from '../../base/text/printable.ts';
import { keyOf } from '../checks/command-distance.ts';
import {
  alternatives,
  type CommandPattern,
  type CommandPatterns,
  namesOf,
} from '../checks/command-pattern.ts';
import { matchesValue } from '../checks/grader-pattern.ts';
import type { Matcher } from '../checks/matcher.ts';
import { useOf } from './reading-commands.ts';

/** Commands that count as well as others, and are nothing to recommend. */
const NOT_RECOMMENDED = new Set(['KEYS']);

/** A pattern, with the names of its commands that are told. */
interface Told {
  pattern: CommandPattern;
  names: readonly string[];
}

/**
 * The commands that are meant, as one would type them. Of more than two the first ones are told, and that there are
 * others: `HSET session:han_solo credits 10000 or another command that writes it`.
 */
export function describePatterns(patterns: CommandPatterns): string {
  const told = recommended(patterns);
  const all = told.flatMap(({ names }) => names);
  const isAlone = told.length === 1;
  const describe = ({ pattern, names }: Told) => describeOne(pattern, list(names, 'or'), isAlone);
  if (all.length <= 2) return list(told.map(describe), 'or');
  const [first] = told;
  const second = told.find(({ names }) => names[0] !== first?.names[0]);
  const shown = [first, second].flatMap((one) => (one ? [{ ...one, names: one.names.slice(0, 1) }] : []));
  const use = useOf(all);
  const hasKey = shown.every(({ pattern }) => keyOf(pattern) !== undefined);
  const other = hasKey && (use === 'reads' || use === 'writes') ? `${use} it` : 'does the same';
  return list([...shown.map(describe), `another command that ${other}`], 'or');
}

/**
 * What can be said of the commands that are meant without telling which they are: `a command that reads
 * session:han_solo`. Undefined for nothing. `behind` is set for what stands behind such words, with the key that these
 * name: `one that writes it`. `isAnother` where a command does this already that is none of those.
 */
export function hintAtPatterns(
  patterns: CommandPatterns,
  behind?: { named?: string | undefined },
  isAnother = false,
): string | undefined {
  const all = alternatives(patterns);
  const key = firstKeyOf(patterns);
  if (key === undefined) return undefined;
  const place = all.every(({ lua }) => lua === true) ? ' in a Lua script' : '';
  const command = isAnother ? 'another command' : 'a command';
  return `${behind ? 'one' : command}${place} that ${useOf(all.flatMap(namesOf))} ${key === behind?.named ? 'it' : showArgument(key)}`;
}

/** The key that the first of the commands that are meant names; undefined for none. */
export function firstKeyOf(patterns: CommandPatterns): string | undefined {
  return alternatives(patterns).map(keyOf)[0];
}

function recommended(patterns: CommandPatterns): Told[] {
  const all = alternatives(patterns).map((pattern) => ({ pattern, names: namesOf(pattern) }));
  const best = all
    .map(({ pattern, names }) => ({ pattern, names: names.filter((name) => !NOT_RECOMMENDED.has(name)) }))
    .filter(({ names }) => names.length > 0);
  return best.length > 0 ? best : all;
}

/** `isAlone` for the only pattern: of one among several, its options tell enough. */
function describeOne(pattern: CommandPattern, name: string, isAlone: boolean): string {
  const { args = [], has = [], options = {}, flags = [], without = [], withoutFlags = [], lua } = pattern;
  const words = [
    name,
    ...args.map(word),
    ...has.map(word),
    ...Object.entries(options).flatMap(([option, matcher]) => [option, word(matcher)]),
    ...flags,
  ];
  const unwanted = [...without, ...(isAlone ? withoutFlags : [])].map(String);
  const rest = unwanted.length > 0 ? ` (without ${list(unwanted, 'or')})` : '';
  return printable(words.join(' ') + rest) + (lua ? ' in a Lua script' : '');
}

function word(matcher: Matcher): string {
  if (typeof matcher !== 'object') return showArgument(String(matcher));
  const { equals, number, near, atLeast, atMost, oneOf, noneOf, json, pattern } = matcher;
  if (noneOf !== undefined) return `(not ${anyOf(noneOf)})`;
  if (equals !== undefined) return showArgument(String(equals));
  if (json !== undefined) return showArgument(JSON.stringify(json));
  if (near !== undefined) return String(near.number);
  if (atLeast !== undefined || atMost !== undefined)
    return atLeast === undefined ? `(${atMost} or less)` : `(${atLeast} or more)`;
  return String(number ?? oneOf?.join('|') ?? (pattern === undefined ? '…' : exampleOf(pattern)));
}

/** The first word that a pattern lists, such as 0 of `^(?:0|-[3-9])$`; dots for a pattern that lists none. */
function exampleOf(pattern: string): string {
  const [, first] = /^\^(?:\(\?:)?([\w-]+)[|)$]/.exec(pattern) ?? [];
  return first !== undefined && matchesValue(pattern, first) ? first : '…';
}

function anyOf(texts: readonly (string | number)[]): string {
  return list(
    texts.map((text) => showArgument(String(text))),
    'or',
  );
}
