import { toNumber } from './decimal.ts';
import { holds, type Matcher, matcher } from './matcher.ts';
import {
  atLeastOne,
  byName,
  type Content,
  definedAs,
  either,
  flag,
  listOf,
  object,
  objectOf,
  oneOrMore,
  optional,
  type Properties,
  text,
  textOrNumber,
} from './parameters.ts';
import type { TracedCommand } from './traced-command.ts';

/**
 * Which commands of the trace are meant. Those who use this package see the type, and have none that works it
 * out of the schema below.
 */
export interface CommandPattern {
  /** The command's name, or several that do the same; with the subcommand where it has some. */
  command: string | string[];
  /** The first arguments, in order. */
  args?: Matcher[];
  /** Arguments that stand anywhere, in any order. */
  has?: Matcher[];
  /** Arguments that stand nowhere. */
  without?: (string | number)[];
  /** Options and what follows them, in any order: `{TYPE: hash}`. */
  options?: Record<string, Matcher>;
  /** Options that nothing follows, anywhere and in any case: `[WITHSCORES]`. */
  flags?: string[];
  /** Options of that sort that are not given. */
  withoutFlags?: string[];
  /** Only inside (true) or only outside (false) of Lua scripts; both where it is left out. */
  lua?: boolean;
}

/** One pattern, or several of which any will do. */
export type CommandPatterns = CommandPattern | { anyOf: CommandPattern[] };

const ONE_PATTERN = {
  command: either([text(), oneOrMore(text())], {
    description:
      "The command's name, or several that do the same. With the subcommand where it has some: SCRIPT LOAD.",
  }),
  args: optional(listOf(matcher(), { description: 'The first arguments, in order.' })),
  has: optional(
    listOf(matcher(), { description: 'Arguments that stand anywhere behind those of args, in any order.' }),
  ),
  without: optional(listOf(textOrNumber(), { description: 'Arguments that stand nowhere.' })),
  options: optional(
    byName(matcher(), {
      description:
        'Options and what follows each, in any order and case: {TYPE: hash}. A number is the same however it is written.',
    }),
  ),
  flags: optional(
    listOf(text(), { description: 'Options that nothing follows, in any order and case: [WITHSCORES].' }),
  ),
  withoutFlags: optional(listOf(text(), { description: 'Options of that sort that are not given.' })),
  lua: optional(
    flag({
      description: 'Only inside (true) or only outside (false) of Lua scripts; both where it is left out.',
    }),
  ),
};

export const COMMAND_PATTERN_DEFINITION = object(ONE_PATTERN);

const ANY_PATTERN = {
  ...ONE_PATTERN,
  command: optional(ONE_PATTERN.command),
  anyOf: optional(oneOrMore(definedAs<CommandPattern>('commandPattern'), { description: 'Any of these.' })),
};

const COMMAND_OR_SEVERAL = atLeastOne('command', 'anyOf');

export const COMMAND_PATTERNS_DEFINITION = objectOf<CommandPatterns>(ANY_PATTERN, COMMAND_OR_SEVERAL);

/** {@link CommandPatterns} among parameters, by reference to the definition above. */
export function commandPatterns(description?: string) {
  return definedAs<CommandPatterns>('commandPatterns', description === undefined ? {} : { description });
}

/** Parameters that are {@link CommandPatterns} themselves and have others beside. */
export function patternsBeside<Others extends Properties>(others: Others) {
  const properties = { ...ANY_PATTERN, ...others };
  return objectOf<CommandPatterns & Content<Others>>(properties, COMMAND_OR_SEVERAL);
}

/** True where a command is one of those that are meant. */
export function matchesCommand(patterns: CommandPatterns, command: TracedCommand): boolean {
  return prepared(patterns).isMeant(command);
}

/** The names of all commands that are meant, in upper case. */
export function patternNames(patterns: CommandPatterns): ReadonlySet<string> {
  return prepared(patterns).names;
}

/** A condition on a command. */
export type Test = (command: TracedCommand) => boolean;

/** Patterns ready to be matched with many commands. */
interface Prepared {
  names: ReadonlySet<string>;
  isMeant: Test;
}

/** A grader's patterns are the same ones for every submission: they are made ready once. */
const PREPARED = new WeakMap<CommandPatterns, Prepared>();

function prepared(patterns: CommandPatterns): Prepared {
  const known = PREPARED.get(patterns);
  if (known) return known;
  const tests = alternatives(patterns).map(testOf);
  const fresh: Prepared = {
    names: new Set(alternatives(patterns).flatMap(namesOf)),
    isMeant: (command) => tests.some((test) => test(command)),
  };
  PREPARED.set(patterns, fresh);
  return fresh;
}

/** The patterns of which any will do. */
export function alternatives(patterns: CommandPatterns): readonly CommandPattern[] {
  return 'anyOf' in patterns && patterns.anyOf ? patterns.anyOf : [patterns as CommandPattern];
}

/** The names of the commands that a pattern means, in upper case. */
export function namesOf(pattern: CommandPattern): string[] {
  return [pattern.command].flat().map((name) => name.toUpperCase());
}

function testOf(pattern: CommandPattern): Test {
  const named = new Set(namesOf(pattern));
  const conditions = conditionsOf(pattern);
  return (command) => named.has(command.name) && conditions.every((isMet) => isMet(command));
}

/** All that a pattern asks of a command beside its name. */
export function conditionsOf(pattern: CommandPattern): Test[] {
  const { args = [], has = [], without = [], options = {}, flags = [], withoutFlags = [], lua } = pattern;
  return [
    ...(lua === undefined ? [] : [(command: TracedCommand) => command.lua === lua]),
    ...args.map(
      (matcher, index): Test =>
        (command) =>
          matchesArgument(matcher, command.args[index]),
    ),
    ...has.map(
      (matcher): Test =>
        (command) =>
          hasArgument(command, matcher, args.length),
    ),
    ...without.map(String).map(
      (text): Test =>
        (command) =>
          !command.args.includes(text),
    ),
    ...Object.entries(options).map(([option, matcher]) => optionTest(option, matcher)),
    ...flags.map(flagTest),
    ...withoutFlags.map(flagTest).map(
      (isGiven): Test =>
        (command) =>
          !isGiven(command),
    ),
  ];
}

function hasArgument({ args }: TracedCommand, matcher: Matcher, from: number): boolean {
  return args.some((arg, index) => index >= from && matchesArgument(matcher, arg));
}

function flagTest(flag: string): Test {
  const wanted = flag.toUpperCase();
  return ({ args }) => args.some((arg) => arg?.toUpperCase() === wanted);
}

function optionTest(option: string, matcher: Matcher): Test {
  const wanted = option.toUpperCase();
  // The score of a member stands before it, and 12.30 is 12.3.
  const number = toNumber(option);
  const isOption = (arg: string | null) =>
    arg !== null && (arg.toUpperCase() === wanted || (!Number.isNaN(number) && toNumber(arg) === number));
  return ({ args }) => args.some((arg, index) => isOption(arg) && matchesArgument(matcher, args[index + 1]));
}

function matchesArgument(matcher: Matcher, argument: string | null | undefined): boolean {
  return typeof argument === 'string' && holds(matcher, argument);
}
