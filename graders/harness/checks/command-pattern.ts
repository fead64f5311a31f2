import type { Schema } from '../document/schema.ts';
import { ref } from '../document/schema.ts';
import { list } from '../text/count.ts';
import { printable, showArgument } from '../text/printable.ts';
import { holds, MATCHER_SCHEMA, type Matcher } from './matcher.ts';
import type { TracedCommand } from './traced-command.ts';

/** Which commands of the trace are meant. */
interface CommandPattern {
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

export const COMMAND_PATTERN_PROPERTIES: Record<string, Schema> = {
  command: {
    description:
      "The command's name, or several that do the same. With the subcommand where it has some: SCRIPT LOAD.",
    anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string' } }],
  },
  args: { type: 'array', items: MATCHER_SCHEMA, description: 'The first arguments, in order.' },
  has: {
    type: 'array',
    items: MATCHER_SCHEMA,
    description: 'Arguments that stand anywhere behind those of args, in any order.',
  },
  without: {
    type: 'array',
    items: { type: ['string', 'number'] },
    description: 'Arguments that stand nowhere.',
  },
  options: {
    type: 'object',
    additionalProperties: MATCHER_SCHEMA,
    description: 'Options and what follows each, in any order and case: {TYPE: hash}.',
  },
  flags: {
    type: 'array',
    items: { type: 'string' },
    description: 'Options that nothing follows, in any order and case: [WITHSCORES].',
  },
  withoutFlags: {
    type: 'array',
    items: { type: 'string' },
    description: 'Options of that sort that are not given.',
  },
  lua: {
    type: 'boolean',
    description: 'Only inside (true) or only outside (false) of Lua scripts; both where it is left out.',
  },
};

export const COMMAND_PATTERN_DEFINITION: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['command'],
  properties: COMMAND_PATTERN_PROPERTIES,
};

const SEVERAL: Schema = {
  type: 'array',
  minItems: 1,
  items: ref('commandPattern'),
  description: 'Any of these.',
};

/** The schema of {@link CommandPatterns} where it is a value of its own, by reference to the definition below. */
export const COMMAND_PATTERNS_SCHEMA: Schema = ref('commandPatterns');

export const COMMAND_PATTERNS_DEFINITION: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: { ...COMMAND_PATTERN_PROPERTIES, anyOf: SEVERAL },
  anyOf: [{ required: ['command'] }, { required: ['anyOf'] }],
};

/** The properties of {@link CommandPatterns} where they stand among others. */
export const COMMAND_PATTERNS_PROPERTIES: Record<string, Schema> = {
  ...COMMAND_PATTERN_PROPERTIES,
  anyOf: SEVERAL,
};

/** True where a command is one of those that are meant. */
export function matchesCommand(patterns: CommandPatterns, command: TracedCommand): boolean {
  return prepared(patterns).isMeant(command);
}

/** The commands that are meant, as one would type them. */
export function describePatterns(patterns: CommandPatterns): string {
  const ready = prepared(patterns);
  ready.description ??= describeAll(alternatives(patterns).map(describeOne));
  return ready.description;
}

function describeAll(texts: readonly string[]): string {
  return texts.length > 3 ? `${texts.slice(0, 2).join(', ')} or the like` : list(texts, 'or');
}

/** The names of all commands that are meant, in upper case. */
export function patternNames(patterns: CommandPatterns): ReadonlySet<string> {
  return prepared(patterns).names;
}

type Test = (command: TracedCommand) => boolean;

/** Patterns ready to be matched with many commands. */
interface Prepared {
  names: ReadonlySet<string>;
  isMeant: Test;
  /** Undefined until it was asked for. */
  description: string | undefined;
}

/** A grader's patterns are the same ones for every submission: they are made ready once. */
const PREPARED = new WeakMap<CommandPatterns, Prepared>();

function prepared(patterns: CommandPatterns): Prepared {
  const known = PREPARED.get(patterns);
  if (known) return known;
  const tests = alternatives(patterns).map(testOf);
  const fresh: Prepared = {
    names: new Set(alternatives(patterns).flatMap(names)),
    isMeant: (command) => tests.some((test) => test(command)),
    description: undefined,
  };
  PREPARED.set(patterns, fresh);
  return fresh;
}

function alternatives(patterns: CommandPatterns): readonly CommandPattern[] {
  return 'anyOf' in patterns && patterns.anyOf ? patterns.anyOf : [patterns as CommandPattern];
}

function names(pattern: CommandPattern): string[] {
  return [pattern.command].flat().map((name) => name.toUpperCase());
}

function testOf(pattern: CommandPattern): Test {
  const { args = [], has = [], without = [], options = {}, flags = [], withoutFlags = [], lua } = pattern;
  const named = new Set(names(pattern));
  const conditions: Test[] = [
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
  return (command) => named.has(command.name) && conditions.every((isMet) => isMet(command));
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
  return ({ args }) =>
    args.some((arg, index) => arg?.toUpperCase() === wanted && matchesArgument(matcher, args[index + 1]));
}

function matchesArgument(matcher: Matcher, argument: string | null | undefined): boolean {
  return typeof argument === 'string' && holds(matcher, argument);
}

function describeOne(pattern: CommandPattern): string {
  const options = Object.entries(pattern.options ?? {}).flatMap(([option, matcher]) => [
    option,
    word(matcher),
  ]);
  const all = names(pattern);
  const words = [
    all.length > 3 ? `${all.slice(0, 2).join('/')}/…` : all.join('/'),
    ...(pattern.args ?? []).map(word),
    ...(pattern.has ?? []).map(word),
    ...options,
    ...(pattern.flags ?? []),
  ];
  const unwanted = [...(pattern.without ?? []), ...(pattern.withoutFlags ?? [])].map(String);
  const without = unwanted.length > 0 ? ` without ${list(unwanted, 'or')}` : '';
  return printable(words.join(' ') + without) + (pattern.lua ? ' in a Lua script' : '');
}

function word(matcher: Matcher): string {
  const { equals, number, oneOf, noneOf } = typeof matcher === 'object' ? matcher : { equals: matcher };
  if (noneOf !== undefined)
    return `(another than ${list(
      noneOf.map((text) => showArgument(String(text))),
      'or',
    )})`;
  return equals === undefined ? String(number ?? oneOf?.join('|') ?? '…') : showArgument(String(equals));
}
