import { isCut, type Value } from '../bytes.ts';

// What a terminal acts upon or nobody can see: control characters, bidirectional controls, zero-width and
// other invisible characters, blank letters, unusual spaces, line separators, lone surrogates.
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\u{e0000}-\u{e0fff}]|\u034f/gu;

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text of a learner made safe to print anywhere: what cannot be seen is written as an escape. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/** As {@link printable}, with line feeds kept. For output that is shown as a block. */
export function printableLines(text: string): string {
  return text.replace(/\r\n/g, '\n').split('\n').map(printable).join('\n');
}

/** A value in double quotes, escaped so that every character can be seen; cut where it is long. */
export function show(value: Value, limit = 200): string {
  if (isCut(value)) return `${show(value.head, limit)} (the first of ${value.length} bytes)`;
  if (typeof value !== 'string') {
    const bytes = Buffer.from(value.base64, 'base64');
    return `the bytes ${bytes.subarray(0, 40).toString('hex')}${bytes.length > 40 ? '…' : ''} (not text)`;
  }
  const text = value.length > limit ? `${value.slice(0, limit)}…` : value;
  return `"${printable(text.replaceAll('\\', '\\\\').replaceAll('"', '\\"'))}"`;
}

/** A value as an argument is written: without quotes where it needs none. */
export function showArgument(value: Value, limit = 60): string {
  return typeof value === 'string' && value.length <= limit && /^[\w.:*{}[\]+/@,=-]+$/.test(value)
    ? value
    : show(value, limit);
}

function escapeCharacter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return (
    SHORT[char] ??
    (code < 0x100 ? `\\x${hex(code, 2)}` : code > 0xffff ? `\\u{${hex(code, 5)}}` : `\\u${hex(code, 4)}`)
  );
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}
