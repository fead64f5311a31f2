import { describe, expect, it } from 'vitest';
import { toValue } from '../base/bytes.ts';
import { makeEvidence } from '../testing/evidence.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';
import type { CommandReply, Trace } from './evidence.ts';
import { assignLines } from './lines.ts';

/** The lines that the commands of a trace get, given the file with the lines that were sent. */
function linesOf(file: string, trace: readonly (string | { run: string; lua: true })[]): (number | null)[] {
  const replies = file.split('\n').flatMap((command, index): CommandReply[] => {
    const args = splitArguments(command).map((arg) => toValue(arg, 1000));
    return args.length === 0 ? [] : [{ line: index + 1, args, reply: '', error: false }];
  });
  return assignLines(traceOf(trace), replies).map(({ line }) => line);
}

function traceOf(commands: readonly (string | { run: string; lua: true })[]): Trace {
  return makeEvidence({ commands }).runs[0]?.trace ?? { entries: [], total: 0 };
}

describe('assignLines', () => {
  it('tells each command its line', () => {
    expect(linesOf('SET a 1\n\nGET a', ['SET a 1', 'GET a'])).toEqual([1, 3]);
  });

  it('tells commands apart that are there several times', () => {
    expect(linesOf('GET a\nSET a 1\nGET a\nGET a', ['GET a', 'SET a 1', 'GET a', 'GET a'])).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('leaves out what the server refused', () => {
    expect(linesOf('HSET a\nCONFIG GET save\nHSET a b c\nNO-SUCH\nGET a', ['HSET a b c', 'GET a'])).toEqual([
      3, 5,
    ]);
  });

  it('leaves out what a transaction gave up', () => {
    expect(linesOf('MULTI\nSET a 1\nDISCARD\nSET a 1', ['MULTI', 'DISCARD', 'SET a 1'])).toEqual([1, 3, 4]);
  });

  it('gives no line to what Lua ran', () => {
    const trace = ['EVAL x 1 a', { run: 'GET a', lua: true as const }, 'GET a'];
    expect(linesOf('EVAL x 1 a\nGET a', trace)).toEqual([1, null, 2]);
  });

  it('compares bytes, and the case of letters too', () => {
    expect(linesOf('get a\nGET a\nGET "\\xff"', ['GET a', 'GET "\\xff"'])).toEqual([2, 3]);
  });

  it('gives lines that may be others to no command behind some that were left out', () => {
    const replies = ['GET a', 'GET b', 'GET a', 'GET a', 'GET c'].map(
      (run, index): CommandReply => ({ line: index + 1, args: run.split(' '), reply: '', error: false }),
    );
    const linesWith = (lua: number) => {
      const { entries } = traceOf(['GET a', 'GET a', 'GET c']);
      const gapped = entries.map((entry, index) => (index === 1 ? { ...entry, skipped: 2 } : entry));
      const trace = { entries: gapped, total: 5, leftOut: { commands: { GET: 2 }, lua, asked: {} } };
      return assignLines(trace, replies).map(({ line }) => line);
    };
    expect(linesWith(0)).toEqual([1, null, 5]);
    expect(linesWith(2)).toEqual([1, 3, 5]);
  });

  it('gives no line to what the file does not hold, and goes on', () => {
    expect(linesOf('GET a\nGET b', ['GET a', 'HELLO 3 AUTH (redacted)', 'GET b'])).toEqual([1, null, 2]);
  });

  it('does not search the whole file for each command that it does not hold', { timeout: 120_000 }, () => {
    const others = Array.from({ length: 20_000 }, (_, index) => `GET other${index}`);
    const file = Array.from({ length: 20_000 }, (_, index) => `GET k${index}`);
    expect(linesOf(file.join('\n'), [...others, 'GET k19999']).at(-1)).toBe(20_000);
  });
});
