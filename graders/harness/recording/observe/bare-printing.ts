import { quote } from '../../valkey/notation/quoting.ts';
import type { LoggedArgument, LoggedCommand } from './command-log.ts';

/**
 * How Valkey 8.1.0 and 8.1.1 print the arguments of a command: as others do, but with `"` and `\` as they are. What
 * looks like the end of an argument may be part of it, and what looks like an escape may be a backslash.
 * Source: https://github.com/valkey-io/valkey/pull/2036, in Valkey 8.1.2.
 */

const BETWEEN = '" "';
/** What stands for one byte, or for itself. Other bytes are printed in no other way. */
const ESCAPE = /\\(?:[nrtab]|x(?:0[0-6bcef]|1[0-9a-f]|7f|[89a-f][0-9a-f]))/g;
/** So many ways to read an argument are looked at. */
const CANDIDATES = 20_000;
/** So many ways to read a command. */
const READINGS = 100;

/** An argument that was read: its bytes, or what is known of these. */
export interface ReadArgument {
  /** The bytes from its start that are known; all of them where it is `length` long. */
  head: Buffer;
  length: number;
  /** What is printed behind them. */
  rest: string;
}

/** A way to read a printed command: as many arguments as can be told apart, and how many there are in all. */
export interface Reading {
  args: readonly ReadArgument[];
  total: number;
}

/** The bytes as such a server prints them, without the quotes around them. */
export function printBare(bytes: Buffer): string {
  return quote(bytes)
    .slice(1, -1)
    .replace(/\\(["\\])/g, '$1');
}

/** A logged command as such a server prints it; undefined where not all of it was logged. */
export function printWhole({ args, more }: LoggedCommand): string | undefined {
  if (more > 0 || args.some(({ head, length }) => head.length < length)) return undefined;
  return `"${args.map(({ head }) => printBare(head)).join(BETWEEN)}"`;
}

/** Every way to read a printed command that agrees with what was logged; undefined where there are too many. */
export function readingsOf(printed: string, { args, more }: LoggedCommand): Reading[] | undefined {
  const text = printed.slice(1, -1);
  const total = args.length + more;
  let open: { read: ReadArgument[]; at: number }[] = [{ read: [], at: 0 }];
  for (const [index, argument] of args.entries()) {
    const isLast = index === total - 1;
    open = open.flatMap(({ read, at }) =>
      endsOf(text, at, argument, isLast).map((end) => ({
        read: [...read, readTo(text, at, end, argument)],
        at: end + BETWEEN.length,
      })),
    );
    if (open.length > READINGS) return undefined;
  }
  return open.flatMap(({ read, at }) => {
    if (more === 0) return [{ args: read, total }];
    const others = text.slice(at).split(BETWEEN);
    if (others.length < more) return [];
    // Where there are more ends than arguments, nobody knows which of them are some.
    return [{ args: others.length === more ? [...read, ...others.map(notLogged)] : read, total }];
  });
}

/** All that an argument may be, with what is known of it; undefined where that is too much. */
export function candidatesOf({ head, length, rest }: ReadArgument): Buffer[] | undefined {
  let open: { bytes: string; saved: number }[] = [{ bytes: '', saved: 0 }];
  const saves = rest.length - (length - head.length);
  let left = savedBy(rest);
  let index = 0;
  for (const { 0: sequence, index: at } of rest.matchAll(ESCAPE)) {
    const before = rest.slice(index, at);
    left -= sequence.length - 1;
    open = open.flatMap(({ bytes, saved }) =>
      [
        { bytes: bytes + before + sequence, saved },
        { bytes: bytes + before + byteOf(sequence), saved: saved + sequence.length - 1 },
      ].filter((one) => one.saved <= saves && one.saved + left >= saves),
    );
    if (open.length > CANDIDATES) return undefined;
    index = at + sequence.length;
  }
  return open
    .filter(({ saved }) => saved === saves)
    .map(({ bytes }) => Buffer.concat([head, Buffer.from(bytes + rest.slice(index), 'latin1')]));
}

/** Where an argument may end that begins at an offset of the text. */
function endsOf(text: string, start: number, { head, length }: LoggedArgument, isLast: boolean): number[] {
  const printed = printBare(head);
  if (!text.startsWith(printed, start)) return [];
  const from = start + printed.length;
  const missing = length - head.length;
  const ends: number[] = [];
  let at = isLast ? text.length : text.indexOf(BETWEEN, from + missing);
  while (at !== -1 && ends.length <= READINGS) {
    const saves = at - from - missing;
    // An escape takes no more than four characters for a byte.
    if (saves > missing * 3) break;
    if (saves >= 0 && saves <= savedBy(text.slice(from, at))) ends.push(at);
    if (isLast) break;
    at = text.indexOf(BETWEEN, at + 1);
  }
  return ends;
}

function readTo(text: string, start: number, end: number, { head, length }: LoggedArgument): ReadArgument {
  return settled({ head, length, rest: text.slice(start + printBare(head).length, end) });
}

/** An argument of which nothing was logged. */
function notLogged(rest: string): ReadArgument {
  const isExact = savedBy(rest) === 0;
  // How long one with an escape is, is not known.
  return isExact
    ? { head: Buffer.from(rest, 'latin1'), length: rest.length, rest: '' }
    : { head: Buffer.alloc(0), length: Number.NaN, rest };
}

/** With the bytes behind its head, where these can be read in one way only. */
function settled(argument: ReadArgument): ReadArgument {
  const { head, length, rest } = argument;
  const saves = rest.length - (length - head.length);
  const plain = saves === 0 ? rest : saves === savedBy(rest) ? rest.replace(ESCAPE, byteOf) : undefined;
  if (plain !== undefined)
    return { head: Buffer.concat([head, Buffer.from(plain, 'latin1')]), length, rest: '' };
  const known = rest.search(ESCAPE);
  return {
    head: Buffer.concat([head, Buffer.from(rest.slice(0, known), 'latin1')]),
    length,
    rest: rest.slice(known),
  };
}

/** How many characters fewer a text stands for at most. */
function savedBy(text: string): number {
  return (text.match(ESCAPE) ?? []).reduce((sum, { length }) => sum + length - 1, 0);
}

function byteOf(text: string): string {
  const code = text[1] === 'x' ? Number.parseInt(text.slice(2), 16) : 'abtn  r'.indexOf(text[1] ?? '') + 7;
  return String.fromCharCode(code);
}
