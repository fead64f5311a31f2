import type { ScriptCalls } from '../../evidence/calls.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import {
  COMMAND_PATTERNS_DEFINITION,
  type CommandPatterns,
  matchesCommand,
  patternNames,
} from './command-pattern.ts';
import { tracedCommand } from './traced-command.ts';

/** Commands that change keys without naming them. */
const DATABASE_WIDE = new Set(['FLUSHALL', 'FLUSHDB', 'SWAPDB']);

/** Asks for what was done to a key, or with it. */
export function aboutKey(key: string): TraceQuestion {
  return about(`key ${key}`, key, (arg) => arg === key);
}

/** Asks for what was done to keys whose names begin alike, or with them. */
export function aboutKeys(prefix: string): TraceQuestion {
  return about(`keys ${prefix}`, prefix, (arg) => arg.startsWith(prefix));
}

/** Questions about a grader's patterns, which are the same ones for every submission. */
const ABOUT_COMMANDS = new WeakMap<CommandPatterns, TraceQuestion>();

/** Asks for commands. */
export function aboutCommands(patterns: CommandPatterns): TraceQuestion {
  const known = ABOUT_COMMANDS.get(patterns);
  if (known) return known;
  const question: TraceQuestion = {
    id: `commands ${JSON.stringify(patternsAlone(patterns))}`,
    names: new Set(patternNames(patterns)),
    concerns: (entry) => matchesCommand(patterns, tracedCommand(entry, 0)),
  };
  ABOUT_COMMANDS.set(patterns, question);
  return question;
}

/** Asks for the call of a Lua script that is made again with other arguments, and for what made the script known. */
export function aboutCalls({ calledOn }: ScriptCalls): TraceQuestion[] {
  const sources = ['SCRIPT LOAD', 'FUNCTION LOAD', 'EVAL', 'EVAL_RO'];
  return [aboutKey(calledOn), aboutCommands({ command: sources, lua: false })];
}

/** Patterns without the other parameters of a check that they stand among. */
function patternsAlone(patterns: CommandPatterns): [string, unknown][] {
  const known = Object.keys(COMMAND_PATTERNS_DEFINITION.properties).sort();
  return known.flatMap((name): [string, unknown][] => {
    const value = (patterns as Record<string, unknown>)[name];
    return value === undefined ? [] : [[name, value]];
  });
}

function about(id: string, text: string, isMeant: (arg: string) => boolean): TraceQuestion {
  return {
    id,
    names: DATABASE_WIDE,
    word: plainPart(text),
    concerns: ({ args }: TraceEntry) =>
      isWide(args[0]) || args.some((arg, index) => index > 0 && typeof arg === 'string' && isMeant(arg)),
  };
}

function isWide(name: TraceEntry['args'][number] | undefined): boolean {
  return typeof name === 'string' && DATABASE_WIDE.has(name.toUpperCase());
}

/** The longest part of a text that stands in MONITOR as it is, on every version of the server. */
function plainPart(text: string): string {
  const parts = text.match(/[\w:.{}-]+/g) ?? [];
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}
