import type { KeySnapshot } from '../../evidence/evidence.ts';
import { type FileCommand, parseCommandFile } from '../../recording/script/command-file/parse.ts';
import { quote } from '../../valkey/notation/quoting.ts';

/**
 * The words of a command: its name and its arguments. A word holds bytes, a character each (latin1), so that
 * it can be worked on as text and gives back the very bytes.
 */
export type Words = readonly string[];

/** The keys of a database, by their names as words have them. */
export type Keys = ReadonlyMap<string, KeySnapshot>;

/** What is known of the moment at which a command of a right submission ran. */
export interface Moment {
  /** What its database held right before it. */
  keys: Keys;
  /** Keys of which nobody knows what they held. */
  unknown: ReadonlySet<string>;
  /** True where it changed something. */
  changed: boolean;
}

/** A right submission, as mutators see it. */
export interface Original {
  commands: readonly Words[];
  /** What each command answered in the main run, as valkey-cli prints it; undefined where that is not known. */
  replies: readonly (string | undefined)[];
  /** The moment at which each command ran in the main run; undefined where nothing is known of it. */
  moments: readonly (Moment | undefined)[];
}

/** A right submission with one mistake put in. */
export interface Mutant {
  /** The fixture that it was made of. */
  fixture: string;
  /** The id of the mutator that made it. */
  mutator: string;
  commands: readonly Words[];
  /** Which of the original's commands is the first that differs, from 1. */
  command: number;
  /** The lines in which it differs from its original: those that went, and those that came. */
  removed: readonly string[];
  added: readonly string[];
}

/** Makes mistakes of one sort. Pure. */
export interface Mutator {
  id: string;
  /** Every way to make the mistake, each as the commands that result. */
  mutate(original: Original): (readonly Words[])[];
}

/** The commands of a command file as words; undefined where some line cannot be read. */
export function readWords(source: string): Words[] | undefined {
  const { commands, problems } = parseCommandFile(source);
  return problems.length > 0 ? undefined : commands.map(toWords);
}

function toWords({ args }: FileCommand): Words {
  return args.map((arg) => arg.toString('latin1'));
}

/** A command as one line of a command file. */
export function writeLine(words: Words): string {
  return words
    .map((word) => (/^[\w.:*{}[\]+/@,=-]+$/.test(word) ? word : quote(Buffer.from(word, 'latin1'))))
    .join(' ');
}

/** Commands as a command file, one a line. */
export function writeCommandFile(commands: readonly Words[]): string {
  return commands.map((words) => `${writeLine(words)}\n`).join('');
}

/**
 * The lines that differ: what is the same at the beginning and at the end is left out. Where lines only came,
 * the one behind them is given too, to tell the place; none where they came at the end.
 */
export function differingLines(
  before: readonly Words[],
  after: readonly Words[],
): Pick<Mutant, 'command' | 'removed' | 'added'> {
  const [from, to] = [before.map(writeLine), after.map(writeLine)];
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let end = 0;
  const longest = Math.min(from.length, to.length) - start;
  while (end < longest && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  if (start + end === from.length && end > 0) end -= 1;
  return {
    command: start + 1,
    removed: from.slice(start, from.length - end),
    added: to.slice(start, to.length - end),
  };
}
