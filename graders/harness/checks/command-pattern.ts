import { ref } from '../document/schema.ts';
import { list } from '../text/count.ts';
import { printable, showArgument } from '../text/printable.ts';
import type { Schema } from './check.ts';
import { MATCHER_SCHEMA, type Matcher, mismatch } from './matcher.ts';
import type { TracedCommand } from './traced-command.ts';

/** Which commands of the trace are meant. */
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
  lua: { type: 'boolean', description: 'Only inside (true) or only outside (false) of Lua scripts.' },
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
  return alternatives(patterns).some((pattern) => matchesOne(pattern, command));
}

/** The commands that are meant, as one would type them. */
export function describePatterns(patterns: CommandPatterns): string {
  const texts = alternatives(patterns).map(describeOne);
  return texts.length > 3 ? `${texts.slice(0, 2).join(', ')} or the like` : list(texts, 'or');
}

/** The names of all commands that are meant. */
export function patternNames(patterns: CommandPatterns): Set<string> {
  return new Set(alternatives(patterns).flatMap((pattern) => names(pattern)));
}

function alternatives(patterns: CommandPatterns): readonly CommandPattern[] {
  return 'anyOf' in patterns && patterns.anyOf ? patterns.anyOf : [patterns as CommandPattern];
}

function names(pattern: CommandPattern): string[] {
  return [pattern.command].flat().map((name) => name.toUpperCase());
}

function matchesOne(pattern: CommandPattern, command: TracedCommand): boolean {
  const { args = [], has = [], without = [], options = {}, lua } = pattern;
  const { flags = [], withoutFlags = [] } = pattern;
  return (
    names(pattern).includes(command.name) &&
    (lua === undefined || lua === command.lua) &&
    args.every((matcher, index) => matchesArgument(matcher, command.args[index])) &&
    has.every((wanted) => command.args.slice(args.length).some((arg) => matchesArgument(wanted, arg))) &&
    !without.some((unwanted) => command.args.includes(String(unwanted))) &&
    Object.entries(options).every(([option, matcher]) => hasOption(command, option, matcher)) &&
    flags.every((flag) => hasFlag(command, flag)) &&
    !withoutFlags.some((flag) => hasFlag(command, flag))
  );
}

function hasFlag({ args }: TracedCommand, flag: string): boolean {
  return args.some((arg) => arg?.toUpperCase() === flag.toUpperCase());
}

function matchesArgument(matcher: Matcher, argument: string | null | undefined): boolean {
  return typeof argument === 'string' && mismatch(matcher, argument) === null;
}

function hasOption(command: TracedCommand, option: string, matcher: Matcher): boolean {
  return command.args.some(
    (arg, index) =>
      arg?.toUpperCase() === option.toUpperCase() && matchesArgument(matcher, command.args[index + 1]),
  );
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
