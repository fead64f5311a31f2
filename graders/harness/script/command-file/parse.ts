import { QuoteError, readArgument } from '../../valkey/quoting.ts';

/** A command of a command file, and the line on which it begins (from 1). */
export interface FileCommand {
  line: number;
  args: Buffer[];
}

/** A place in a command file that cannot be read: the learner's error. */
export interface FileProblem {
  line: number;
  message: string;
}

export interface CommandFile {
  /** The commands up to the first problem. */
  commands: FileCommand[];
  problem: FileProblem | null;
}

/** What valkey-cli shows before a command, pasted along with it. */
const PROMPT = /^(?:not connected|\[?[\w.:-]+\]?:\d+(?:\[\d+\])?|valkey|redis)(?:\(TX\))?>(?:\s|$)/;
const SHELL_PROMPT = /^[$%]\s+(?=(?:valkey|redis)-cli(?:\s|$))/;
const CLIENT = /^(?:valkey|redis)-cli(?=\s|$)/;
const CONNECTION_OPTION = /^\s+(?:-h|-p)\s+\S+/;
const FENCE = /^(?:```|~~~)/;

/**
 * Reads a command file: commands as one types them in valkey-cli, with its quoting; blank lines and lines
 * that begin with `#` are comments; an argument in quotes may span lines. What learners paste along is
 * ignored: a prompt, a leading `valkey-cli`, a Markdown fence, CRLF line ends, a byte order mark.
 */
export function parseCommandFile(source: string): CommandFile {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const commands: FileCommand[] = [];
  let index = 0;
  let line = 1;
  while (index < text.length) {
    const lineEnd = endOfLine(text, index);
    const start = commandStart(text.slice(index, lineEnd));
    if (start === null) {
      index = lineEnd + 1;
      line += 1;
      continue;
    }
    try {
      const { args, end } = readCommand(text, index + start);
      const option = args[0]?.toString().startsWith('-') ? args[0].toString() : undefined;
      if (option) return { commands, problem: { line, message: unsupported(option) } };
      if (args.length > 0) commands.push({ line, args });
      line += countLines(text.slice(index, end)) + 1;
      index = end + 1;
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error;
      const at = line + countLines(text.slice(index, error.offset));
      return { commands, problem: { line: at, message: error.message } };
    }
  }
  return { commands, problem: null };
}

/** Offset in a line at which its command begins; null where the line holds none. */
function commandStart(line: string): number | null {
  let start = line.length - line.trimStart().length;
  const skip = (pattern: RegExp) => {
    const found = pattern.exec(line.slice(start));
    if (!found) return false;
    start += found[0].length;
    start += line.length - start - line.slice(start).trimStart().length;
    return true;
  };
  if (line.slice(start) === '' || line[start] === '#' || FENCE.test(line.slice(start))) return null;
  skip(PROMPT);
  skip(SHELL_PROMPT);
  if (skip(CLIENT)) {
    // Where the server is, the harness knows better.
    for (;;) {
      const option = CONNECTION_OPTION.exec(` ${line.slice(start)}`);
      if (!option) break;
      start += option[0].length - 1;
      start += line.length - start - line.slice(start).trimStart().length;
    }
  }
  return start >= line.length ? null : start;
}

/** Reads the arguments up to the end of the line on which the last of them ends. */
function readCommand(text: string, start: number): { args: Buffer[]; end: number } {
  const args: Buffer[] = [];
  let index = start;
  for (;;) {
    while (index < text.length && text[index] !== '\n' && /\s/.test(text[index] ?? '')) index += 1;
    if (index >= text.length || text[index] === '\n') return { args, end: index };
    const argument = readArgument(text, index);
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
