import { cutValue, isCut, toBuffer, toValue, type Value } from '../base/bytes.ts';
import { type QuotedArgument, QuoteError, readArgument } from '../valkey/notation/quoting.ts';
import { hasSubcommand } from './command-name.ts';
import type { TraceEntry } from './evidence.ts';
import { EvidenceLimits } from './limits.ts';

const HEAD = /^(\d+)\.(\d{6}) \[(\d+) (.*?)\] (?=")/;
/** A backslash that Valkey would have escaped, unless it is of a version that escapes none. */
const BARE_BACKSLASH = /(?:^|[^\\])(?:\\\\)*\\(?![nrtab"\\]|x[0-9a-f]{2})/;

/** A line of MONITOR as it came, with its leading `+`, and what of it was too much to keep. */
export interface MonitorLine {
  text: string;
  /** How many bytes of the last argument in the text. */
  missing: number;
  /** How many arguments behind that. */
  more: number;
  /** True where the server leaves quotes and backslashes as they are: what they belong to cannot be seen. */
  isBare?: boolean;
  /** The arguments, where these are known from elsewhere; `more` is then how many there were behind them. */
  args?: readonly Value[];
}

/** The entry of a line; none for one that is not of MONITOR's form. */
export function readLine({ text, missing, more, args }: MonitorLine): TraceEntry[] {
  const entry = parseMonitorLine(text.slice(1), missing, more, args);
  return entry ? [entry] : [];
}

/** What stands between `" "` in a line: its arguments, where none of them holds just that. */
export function piecesOf({ text }: MonitorLine): string[] {
  return text
    .slice(text.indexOf('] "') + 3)
    .replace(/"$/, '')
    .split('" "');
}

/**
 * True where the arguments of a line look like nothing else, whether or not its server escapes quotes and backslashes.
 * The text of a Lua script that joins strings with `" "` is told by what must follow it, the number of its keys.
 */
export function isPlain(line: MonitorLine): boolean {
  const pieces = piecesOf(line);
  if (pieces.some((piece) => piece === '' || /["\\]/.test(piece))) return false;
  const [name = '', , keys = ''] = pieces;
  return !/^EVAL(?:_RO)?$/i.test(name) || (/^\d+$/.test(keys) && Number(keys) <= pieces.length - 3);
}

/** The name of a line's command, as checks know it, without reading the rest: upper case, with its subcommand. */
export function nameOf(text: string): string {
  const start = text.indexOf('] "') + 3;
  const end = text.indexOf('"', start);
  const name = text.slice(start, end).toUpperCase();
  if (!hasSubcommand(name) || !text.startsWith('" "', end)) return name;
  return `${name} ${text.slice(end + 3, text.indexOf('"', end + 3)).toUpperCase()}`;
}

/** Who sent the command of a line: the same texts as {@link TraceEntry.source} has. */
export function sourceOf(text: string): string {
  const start = text.indexOf(' ', text.indexOf('[')) + 1;
  const source = text.slice(start, text.indexOf('] "', start));
  return source.startsWith('unix:') ? 'unix' : source;
}

/** True for the line of a command that a Lua script ran. */
export function isOfLua(text: string): boolean {
  return text.startsWith(' lua]', text.indexOf(' ', text.indexOf('[')));
}

/**
 * Reads one line of MONITOR, such as `1339518083.107412 [0 127.0.0.1:60866] "keys" "*"`, without the
 * leading `+`. Returns undefined for a line that is not of that form. Of a line too long to keep, `missing`
 * bytes of the last argument were cut off, which counts them as they were printed, escapes and all, and `more`
 * arguments behind it. `known` are the arguments, where they are known from elsewhere.
 * Source: https://valkey.io/commands/monitor/
 */
export function parseMonitorLine(
  line: string,
  missing = 0,
  more = 0,
  known?: readonly Value[],
): TraceEntry | undefined {
  const head = HEAD.exec(line);
  if (!head) return undefined;
  const args = known ? [...known] : readLastCut(line, head[0].length, missing);
  return {
    at: Number(head[1]) * 1_000_000 + Number(head[2]),
    db: Number(head[3]),
    // A unix socket's path differs from run to run and tells nothing.
    source: head[4]?.replace(/^unix:.*/, 'unix') ?? '',
    args,
    ...(more > 0 && { arguments: args.length + more }),
    line: null,
  };
}

function readLastCut(line: string, start: number, missing: number): Value[] {
  return missing === 0 ? readArguments(line, start) : cutLast(readArguments(`${line}"`, start), missing);
}

function cutLast(args: Value[], missing: number): Value[] {
  const last = args.at(-1);
  if (last === undefined) return args;
  const head = toBuffer(last);
  return [...args.slice(0, -1), cutValue(head, (isCut(last) ? last.length : head.length) + missing)];
}

function readArguments(line: string, start: number): Value[] {
  if (BARE_BACKSLASH.test(line)) return readAll(line, start, readUnescaped);
  try {
    return readAll(line, start, readArgument);
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    return readAll(line, start, readUnescaped);
  }
}

function readAll(
  line: string,
  start: number,
  read: (line: string, index: number) => QuotedArgument,
): Value[] {
  const args: Value[] = [];
  let index = start;
  while (index < line.length) {
    const argument = read(line, index);
    args.push(toValue(argument.value, EvidenceLimits.valueBytes));
    index = argument.end + 1;
  }
  return args;
}

/**
 * Reads an argument as Valkey 8.1.0 and 8.1.1 print it, which leave `"` and `\` as they are: it ends at a
 * quote behind which the next argument begins or the line ends. A value with `" "` in it looks like two.
 * Source: https://github.com/valkey-io/valkey/pull/2036, in Valkey 8.1.2.
 */
function readUnescaped(line: string, start: number): QuotedArgument {
  const next = line.indexOf('" "', start + 1);
  const close = next === -1 ? line.length - 1 : next;
  const escaped = line.slice(start + 1, close).replace(/\\(?![nrtab]|x[0-9a-f]{2})|"/g, '\\$&');
  return { value: readArgument(`"${escaped}"`, 0).value, end: close + 1 };
}
