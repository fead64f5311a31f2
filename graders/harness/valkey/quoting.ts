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

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads the argument that starts at `start` (not at white space). An argument in quotes may hold line
 * ends. Throws QuoteError where a quote is never closed, or something follows a closing quote at once.
 */
export function readArgument(text: string, start: number): QuotedArgument {
  const parts: Buffer[] = [];
  let index = start;
  while (index < text.length && !isSpace(text[index])) {
    const char = text[index];
    if (char === '"' || char === "'") {
      const quoted = readQuoted(text, index, char);
      parts.push(quoted.value);
      index = quoted.end;
      if (index < text.length && !isSpace(text[index])) {
        throw new QuoteError(`a closing ${char} must be followed by a space`, index - 1);
      }
    } else {
      const end = plainEnd(text, index);
      parts.push(Buffer.from(text.slice(index, end)));
      index = end;
    }
  }
  return { value: Buffer.concat(parts), end: index };
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
  while (index < text.length && !isSpace(text[index]) && text[index] !== '"' && text[index] !== "'")
    index += 1;
  return index;
}

function readQuoted(text: string, open: number, quote: '"' | "'"): QuotedArgument {
  const parts: Buffer[] = [];
  let index = open + 1;
  let plain = index;
  const flush = () => {
    if (index > plain) parts.push(Buffer.from(text.slice(plain, index)));
  };
  while (index < text.length) {
    const char = text[index];
    if (char === quote) {
      flush();
      return { value: Buffer.concat(parts), end: index + 1 };
    }
    const next = text[index + 1];
    if (char === '\\' && next !== undefined && (quote === '"' || next === "'")) {
      flush();
      const escaped = quote === '"' ? readEscape(text, index) : { value: Buffer.from("'"), end: index + 2 };
      parts.push(escaped.value);
      index = escaped.end;
      plain = index;
    } else {
      index += 1;
    }
  }
  throw new QuoteError(`the ${quote} is never closed`, open);
}

function readEscape(text: string, backslash: number): QuotedArgument {
  const hex = /^x([0-9a-fA-F]{2})/.exec(text.slice(backslash + 1, backslash + 4));
  if (hex?.[1]) return { value: Buffer.from(hex[1], 'hex'), end: backslash + 4 };
  // A code point may take two UTF-16 units.
  const char = String.fromCodePoint(text.codePointAt(backslash + 1) ?? 0);
  const code = ESCAPES[char];
  return {
    value: code === undefined ? Buffer.from(char) : Buffer.from([code]),
    end: backslash + 1 + char.length,
  };
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/.test(char);
}

/** Writes bytes in double quotes with escapes, as valkey-cli and MONITOR print them: bytes beyond ASCII as `\xHH`. */
export function quote(bytes: Buffer): string {
  let text = '"';
  for (const byte of bytes) text += quoteByte(byte);
  return `${text}"`;
}

function quoteByte(byte: number): string {
  if (byte === 0x5c || byte === 0x22) return `\\${String.fromCharCode(byte)}`;
  for (const [char, code] of Object.entries(ESCAPES)) if (code === byte) return `\\${char}`;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}
