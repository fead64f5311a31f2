import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { QuoteError, quote, readArgument, splitArguments } from './quoting.ts';
import { isAtLeast } from './version.ts';

const server = useServer();

/** What the real valkey-cli makes of a line: the arguments that it sends. */
async function asRead(line: string): Promise<Buffer[] | 'invalid'> {
  const script = `EVAL "local o = {} for i, a in ipairs(ARGV) do o[i] = string.gsub(a, '.', function(c) return string.format('%02x', string.byte(c)) end) .. ';' end return table.concat(o)" 0 ${line}\n`;
  const output = (await server.cli(['--raw'], script)).toString().trim();
  if (output === 'Invalid argument(s)') return 'invalid';
  return output
    .split(';')
    .slice(0, -1)
    .map((hex) => Buffer.from(hex, 'hex'));
}

async function expectAsRead(line: string): Promise<void> {
  const expected = await asRead(line);
  if (expected === 'invalid') expect(() => splitArguments(line)).toThrow(QuoteError);
  else expect(splitArguments(line)).toEqual(expected);
}

describe('splitArguments', () => {
  it.each([
    ['plain words', 'SET a  b\tc'],
    ['quotes of both kinds', `"a b" 'c d' "it's" 'say "hi"'`],
    ['empty arguments', `"" ''`],
    ['escapes', String.raw`"\n\r\t\b\a\\\"" "\q\x\x4\xzz" "\x00\xff\x41b"`],
    ['no escapes but one in single quotes', String.raw`'\n\x41\\ \'q\''`],
    ['a quote that opens within a word', `a"b c" d'e f'`],
    ['UTF-8', 'café "Nova \u{1f52e}" \\é "\\é"'],
    ['a no-break space, which is no space', 'a\u00a0b c'],
    ['other white space of C', 'a\vb \fc'],
    ['a quote that is never closed', 'a "b c'],
    ['a single quote that is never closed', "it's"],
    ['a backslash at the end of an open quote', '"a\\'],
    ['a quote closed by an escape', '"a\\"'],
  ])('reads %s as valkey-cli does', async (_, line) => {
    await expectAsRead(line);
  });

  it.each([
    ['other white space of C', '"d"\ve'],
    ['something else', '"a"b'],
  ])('reads %s behind a closing quote as valkey-cli did before release 9', async (_, line) => {
    const { version } = await server.session.version();
    if (!isAtLeast(version, '9.0')) await expectAsRead(line);
    else expect(await asRead(line)).not.toBe('invalid');
  });

  it('finds nothing in a line of white space', () => {
    expect(splitArguments(' \t ')).toEqual([]);
  });

  it('reads a large value with many escapes in one go', () => {
    const value = Buffer.alloc(4 * 1024 * 1024, Buffer.from([0, 34, 200, 65]));
    expect(splitArguments(`SET k ${quote(value)}`)[2]?.equals(value)).toBe(true);
  });
});

describe('readArgument', () => {
  it('lets an argument in quotes span lines', () => {
    const text = 'EVAL "local a = 1\n return a" 0';
    expect(readArgument(text, 5)).toEqual({ value: Buffer.from('local a = 1\n return a'), end: 28 });
  });

  it.each([
    ['SET a "b c', 6, 'the " is never closed'],
    ["SET a b'c", 7, "the ' is never closed"],
    ['SET a "b"c', 6, 'the " is closed, but no space follows: "\\"c"'],
    ['SET a "b";', 6, 'leave out the ; behind the ": a command ends with its line'],
    ["SET a 'b'; \nGET a", 6, "leave out the ; behind the ': a command ends with its line"],
    ['SET a "b";c', 6, 'the " is closed, but no space follows: "\\";c"'],
  ])('tells where the quote opens that makes %j unreadable', (text, offset, message) => {
    expect(() => readArgument(text, 6)).toThrow(expect.objectContaining({ offset, message }));
  });
});

describe('quote', () => {
  it('writes every byte as valkey-cli prints it', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await server.session.call('SET', 'quoting', all);
    expect(`${quote(all)}\n`).toBe((await server.cli(['--no-raw', 'GET', 'quoting'])).toString('latin1'));
    expect(splitArguments(quote(all))).toEqual([all]);
  });
});
