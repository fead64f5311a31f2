import { QuoteError, readArgument } from '../../../valkey/notation/quoting.ts';

/** A command of a command file, and the line on which it begins (from 1). */
export interface FileCommand {
  line: number;
  args: Buffer[];
}

/** A place in a command file that cannot be read: the learner's error. */
interface FileProblem {
  line: number;
  message: string;
}

export interface CommandFile {
  /** The commands up to the first problem. */
  commands: FileCommand[];
  problem: FileProblem | null;
}

/** What valkey-cli, or a manual, shows before a command, pasted along with it. */
const PROMPT =
  /^(?:(?:not connected|\[?[\w.:-]+\]?:\d+|(?:valkey|redis)(?: \S+)?)(?:\[\d+\])?(?:\(TX\))?(?:\(subscribed mode\))?>\s*|>\s+)/;
const SHELL_PROMPT = /^[$%]\s+(?=(?:valkey|redis)-cli(?:\s|$))/;
const CLIENT = /^(?:valkey|redis)-cli(?:\s+|$)/;
/** Where the server is, and how replies look: the harness knows better. */
const IGNORED_OPTION =
  /^(?:(?:-[hpsau]|--user|--pass)\s+\S+|-[23]|--raw|--no-raw|--no-auth-warning)(?:\s+|$)/;
const FENCE = /^(?:`{3,}|~{3,})\s*[\w-]*$/;

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
      const { args, end } = readCommand(text, index + start.offset);
      const option = start.client && args[0]?.toString().startsWith('-') ? args[0].toString() : undefined;
      if (option) return { commands, problem: { line, message: unsupported(option) } };
      commands.push({ line, args });
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

/** Where in a line its command begins, and whether a client stands before it; null where it holds none. */
function commandStart(line: string): { offset: number; client: boolean } | null {
  let rest = line.trimStart();
  const skip = (pattern: RegExp) => {
    const length = pattern.exec(rest)?.[0].length ?? 0;
    rest = rest.slice(length);
    return length > 0;
  };
  if (FENCE.test(rest.trimEnd())) return null;
  skip(PROMPT);
  skip(SHELL_PROMPT);
  const client = skip(CLIENT);
  while (client && skip(IGNORED_OPTION));
  return rest === '' || rest.startsWith('#') ? null : { offset: line.length - rest.length, client };
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
