import { QuoteError, readArgument } from '../../../valkey/notation/quoting.ts';
import { readLine, replyTest } from './pasted.ts';

/** A command of a command file, and the line on which it begins (from 1). */
export interface FileCommand {
  line: number;
  args: Buffer[];
  /** The lines of replies that were pasted behind it. */
  shown?: readonly string[];
}

/** A place in a command file that cannot be read: the learner's error. */
interface FileProblem {
  line: number;
  message: string;
}

export interface CommandFile {
  commands: FileCommand[];
  /** The lines that cannot be read: what stands on them is no command. */
  problems: FileProblem[];
  /** Lines that can be read, but hardly say what was meant. */
  notes: FileProblem[];
}

/** Behind so many lines that cannot be read nothing is read any more: each may be searched to the end of the file. */
const MOST_PROBLEMS = 100;
/** More often than that nobody means a command: it would not end in time. */
const MOST_REPEATS = 100_000;

/**
 * Reads a command file: commands as one types them in valkey-cli, with its quoting and its repeat counts
 * (`3 INCR n`); blank lines and lines that begin with `#` are comments; an argument in quotes may span lines. A line
 * that cannot be read is left out, as valkey-cli does. What learners paste along is ignored: a prompt, a leading
 * `valkey-cli`, replies, a Markdown fence, CRLF line ends, a byte order mark.
 */
export function parseCommandFile(source: string): CommandFile {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const isReply = replyTest(text.split('\n'));
  const found: CommandFile = { commands: [], problems: [], notes: [] };
  let index = 0;
  let line = 1;
  while (index < text.length && found.problems.length < MOST_PROBLEMS) {
    const lineEnd = endOfLine(text, index);
    const content = text.slice(index, lineEnd);
    const { offset, client, reply } = readLine(content);
    const isPasted = reply || isReply(content);
    if (isPasted) addShown(found.commands, content);
    const next =
      offset === null || isPasted ? lineEnd : readInto(found, text, { index: index + offset, line, client });
    line += countLines(text.slice(index, next)) + 1;
    index = next + 1;
  }
  if (index < text.length)
    found.problems.push({ line, message: 'so many lines cannot be read that nothing from here on is' });
  return found;
}

/** Keeps what was pasted as the answer of the last command. */
function addShown(commands: FileCommand[], content: string): void {
  const last = commands.pop();
  if (last) commands.push({ ...last, shown: [...(last.shown ?? []), content.trim()] });
}

interface Place {
  index: number;
  line: number;
  client: boolean;
}

/** Reads the command at a place, and returns where its last line ends. */
function readInto(found: CommandFile, text: string, { index, line, client }: Place): number {
  const lineAt = (at: number) => line + countLines(text.slice(index, at));
  try {
    const { args, end, odd } = readCommand(text, index);
    if (odd) found.notes.push({ line: lineAt(odd.at), message: odd.message });
    const problem = add(found.commands, { line, args }, client);
    if (problem) found.problems.push({ line, message: problem });
    return end;
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    found.problems.push({ line: lineAt(error.offset), message: error.message });
    return endOfLine(text, error.offset);
  }
}

/** Adds a command, as often as is said in front of it; gives back why not. */
function add(commands: FileCommand[], { line, args }: FileCommand, client: boolean): string | undefined {
  const first = args[0]?.toString() ?? '';
  if (client && first.startsWith('-')) return unsupported(first);
  if (args.length < 2 || !/^-?\d+$/.test(first)) {
    commands.push({ line, args });
    return undefined;
  }
  const times = Number(first);
  if (times < 1 || times > MOST_REPEATS)
    return `${first} in front of a command is how often it runs: it must be from 1 to ${MOST_REPEATS}`;
  const command = { line, args: args.slice(1) };
  for (let time = 0; time < times; time += 1) commands.push(command);
  return undefined;
}

/** Says what a word hardly means: word processors and web pages put such characters there. */
function oddity(word: string): string | undefined {
  if (/^[“”„‘’]/.test(word)) return `${word[0]} is a typographic quote: only " and ' hold words together`;
  return !/^["']/.test(word) && word.includes('\u00a0')
    ? 'there is a no-break space in this word, which valkey-cli takes for a letter'
    : undefined;
}

interface Command {
  args: Buffer[];
  end: number;
  /** The first word that hardly means what it says. */
  odd?: { at: number; message: string };
}

/** Reads the arguments up to the end of the line on which the last of them ends. */
function readCommand(text: string, start: number): Command {
  const args: Buffer[] = [];
  let odd: Command['odd'];
  let index = start;
  for (;;) {
    while (index < text.length && text[index] !== '\n' && /\s/.test(text[index] ?? '')) index += 1;
    if (index >= text.length || text[index] === '\n') return { args, end: index, ...(odd && { odd }) };
    const argument = readArgument(text, index);
    const message = oddity(text.slice(index, argument.end));
    if (message !== undefined) odd ??= { at: index, message };
    args.push(argument.value);
    index = argument.end;
  }
}

function unsupported(option: string): string {
  return `valkey-cli's option ${option} has no meaning in a command file: write the command alone (SELECT changes the database)`;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}
