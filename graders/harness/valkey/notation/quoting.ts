import { ByteSink } from './byte-sink.ts';

/**
 * valkey-cli's way of writing arguments: what people type, and what MONITOR prints.
 * Source: sdssplitargs and sdscatrepr in Valkey's sds.c.
 */

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

/** One argument that was read from a text, and the offset behind it. */
export interface QuotedArgument {
  value: Buffer;
  end: number;
}

/** Why an argument could not be read. */
export class QuoteError extends Error {
  /** Offset of the opening quote in the text. */
  readonly offset: number;
  /** What was read of the argument before. */
  readonly head: Buffer;

  constructor(message: string, offset: number, head: Buffer) {
    super(message);
    this.offset = offset;
    this.head = head;
  }
}

/**
 * Reads the argument that starts at `start` (not at white space). An argument in quotes may hold line
 * ends. Throws QuoteError where a quote is never closed, or something follows a closing quote at once.
 */
export function readArgument(text: string, start: number): QuotedArgument {
  const sink = new ByteSink();
  let index = start;
  while (index < text.length && !endsPlain(text[index])) {
    const char = text[index];
    if (char === '"' || char === "'") {
      const end = readQuoted(text, index, char, sink);
      if (end === text.length || isSpace(text[end])) return { value: sink.take(), end };
      throw new QuoteError(behindQuote(text, end), index, sink.take());
    }
    const end = plainEnd(text, index);
    sink.text(text.slice(index, end));
    index = end;
  }
  return { value: sink.take(), end: index };
}

/** What is wrong with what stands right behind a closing quote. */
function behindQuote(text: string, end: number): string {
  const quote = text[end - 1];
  // As in SQL, and in most programming languages.
  if (/^; {0,9}\r?(?:\n|$)/.test(text.slice(end, end + 12)))
    return `leave out the ; behind the ${quote}: a command ends with its line`;
  return `the ${quote} is closed, but no space follows: ${JSON.stringify(text.slice(end - 1, end + 10))}`;
}

/** Reads the arguments of one line, such as a set-up command. Throws QuoteError. */
export function splitArguments(line: string): Buffer[] {
  const args: Buffer[] = [];
  let index = 0;
  for (;;) {
    while (index < line.length && isSpace(line[index])) index += 1;
    if (index >= line.length) return args;
    const argument = readArgument(line, index);
    args.push(argument.value);
    index = argument.end;
  }
}

function plainEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && !endsPlain(text[index]) && text[index] !== '"' && text[index] !== "'")
    index += 1;
  return index;
}

/** Reads from an opening quote, and returns the offset behind the closing one. */
function readQuoted(text: string, open: number, quote: '"' | "'", sink: ByteSink): number {
  let index = open + 1;
  let plain = index;
  for (; index < text.length; index += 1) {
    const char = text[index];
    if (char === quote) {
      sink.text(text.slice(plain, index));
      return index + 1;
    }
    const next = text[index + 1];
    if (char !== '\\' || next === undefined || (quote === "'" && next !== "'")) continue;
    sink.text(text.slice(plain, index));
    index += 1;
    const code = quote === '"' ? escapedByte(text, index) : undefined;
    // An escaped character that means nothing else stands for itself.
    plain = code === undefined ? index : index + (next === 'x' ? 3 : 1);
    if (code === undefined) continue;
    sink.byte(code);
    index = plain - 1;
  }
  sink.text(text.slice(plain));
  throw new QuoteError(`the ${quote} is never closed`, open, sink.take());
}

/** The byte that an escape stands for, from the character behind the backslash on; undefined for none. */
function escapedByte(text: string, index: number): number | undefined {
  if (text[index] !== 'x') return ESCAPES[text[index] ?? ''];
  const digits = text.slice(index + 1, index + 3);
  return /^[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

/** What ends an argument that is not in quotes. */
function endsPlain(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\r' || char === '\t';
}

/** White space as C has it: a no-break space is part of an argument. */
function isSpace(char: string | undefined): boolean {
  return char === ' ' || (char !== undefined && char >= '\t' && char <= '\r');
}

/** Writes bytes in double quotes with escapes, as valkey-cli and MONITOR print them: bytes beyond ASCII as `\xHH`. */
export function quote(bytes: Buffer): string {
  return `"${bytes.toString('latin1').replace(ESCAPED, (char) => BYTES[char.charCodeAt(0)] ?? '')}"`;
}

/** Bytes, read as Latin-1, that do not stand for themselves. */
const ESCAPED = /[^ !#-[\]-~]/g;

const BYTES = Array.from({ length: 256 }, (_, byte) => quoteByte(byte));

function quoteByte(byte: number): string {
  if (byte === 0x5c || byte === 0x22) return `\\${String.fromCharCode(byte)}`;
  for (const [char, code] of Object.entries(ESCAPES)) if (code === byte) return `\\${char}`;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}
