import { describe, expect, it } from 'vitest';
import { candidatesOf, printBare, readingsOf } from './bare-printing.ts';
import { loggedCommand } from './command-log.ts';

/** A command as the server logs it. */
function logged(...args: string[]) {
  return loggedCommand(
    args.map((arg) =>
      Buffer.from(
        arg.length > 128 ? `${arg.slice(0, 128)}... (${arg.length - 128} more bytes)` : arg,
        'latin1',
      ),
    ),
  );
}

function printed(...args: string[]): string {
  return `"${args.map((arg) => printBare(Buffer.from(arg, 'latin1'))).join('" "')}"`;
}

/** The arguments of each way to read a command, as texts; what is not known of them as it is printed. */
function read(...args: string[]): string[][] {
  const readings = readingsOf(printed(...args), logged(...args)) ?? [];
  return readings.map((reading) => reading.args.map(({ head, rest }) => head.toString('latin1') + rest));
}

const LONG = '-'.repeat(128);

describe('printBare', () => {
  it('leaves quotes and backslashes as they are, and escapes what cannot be printed', () => {
    expect(printBare(Buffer.from('say "hi"\\n\n\\\\\t\x00\x7fé'))).toBe(
      'say "hi"\\n\\n\\\\\\t\\x00\\x7f\\xc3\\xa9',
    );
  });
});

describe('readingsOf', () => {
  it.each([
    ['a quoted space', ['SET', 'k" "1', '" "', 'EX', '9']],
    ['a backslash that looks like an escape', ['SET', 'k', '\\n\n\\xff\xff']],
    ['a long argument with a quoted space', ['EVAL', `${LONG}" "return" "1`, '1', 'k']],
    ['a long argument with escapes alone', ['SET', 'k', `${LONG}a\nb\xe9`]],
    ['a long argument with backslashes alone', ['SET', 'k', `${LONG}\\d+\\.\\n`]],
  ])('reads %s in the one way', (_, args) => {
    expect(read(...args)).toEqual([args]);
  });

  it('reads what stands behind the logged arguments where nothing else is possible', () => {
    const head = Array.from({ length: 31 }, (_, index) => `m${index}`);
    const log = loggedCommand([...head, '... (2 more arguments)'].map((arg) => Buffer.from(arg)));
    const text = (...more: string[]) => readingsOf(printed(...head, ...more), log)?.[0];
    expect(text('x', 'y')).toMatchObject({ total: 33, args: { length: 33, 32: { length: 1, rest: '' } } });
    expect(text('x', '" "')).toMatchObject({ total: 33, args: { length: 31 } });
  });

  it('finds none in another command', () => {
    expect(readingsOf(printed('SET', 'a', 'b'), logged('SET', 'a', 'c'))).toEqual([]);
  });
});

describe('candidatesOf', () => {
  it('tells all that a long argument with both may be', () => {
    const text = `${LONG}a\\n\nb`;
    const argument = readingsOf(printed('SET', text), logged('SET', text))?.[0]?.args[1];
    expect(argument).toMatchObject({ length: text.length, rest: '\\n\\nb' });
    const candidates = argument && candidatesOf(argument)?.map(String);
    expect(candidates?.toSorted()).toEqual([`${LONG}a\n\\nb`, text].toSorted());
  });
});
