import { describe, expect, it } from 'vitest';
import { type MonitorLine, readLine } from '../../evidence/monitor-line.ts';
import { printBare } from './bare-printing.ts';
import { loggedCommand } from './command-log.ts';
import { ExactArguments } from './exact-arguments.ts';

/** A line of a server that leaves quotes and backslashes as they are. */
function lineOf(...args: string[]): MonitorLine {
  const printed = args.map((arg) => `"${printBare(Buffer.from(arg))}"`).join(' ');
  return { text: `+1.000001 [0 127.0.0.1:1] ${printed}`, missing: 0, more: 0, isBare: true };
}

const logOf = (...commands: string[][]) =>
  commands.map((args) => loggedCommand(args.map((arg) => Buffer.from(arg))));

const entryOf = (exact: ExactArguments, ...args: string[]) => readLine(exact.of(lineOf(...args)))[0];

describe('ExactArguments', () => {
  it('are those that the server logged', () => {
    const commands = [
      ['SET', 'k', 'say "a" "b" \\n'],
      ['EVAL', 'return KEYS[1] .. " " .. ARGV[1]', '1', 'k', '\\'],
    ];
    const exact = new ExactArguments(logOf(...commands));
    for (const args of commands) expect(entryOf(exact, ...args)).toMatchObject({ args });
  });

  it('are what commands that are printed alike have in common', () => {
    const exact = new ExactArguments(logOf(['SADD', 'k', 'a" "b'], ['SADD', 'k', 'a', 'b']));
    expect(entryOf(exact, 'SADD', 'k', 'a', 'b')).toMatchObject({ args: ['SADD', 'k'], arguments: 4 });
  });

  it('are as printed without a log where they look like nothing else', () => {
    const exact = new ExactArguments();
    expect(entryOf(exact, 'BLPOP', 'list', '0')).toEqual({
      at: 1_000_001,
      db: 0,
      source: '127.0.0.1:1',
      args: ['BLPOP', 'list', '0'],
      line: null,
    });
  });

  it.each([
    [['SET', 'k', 'a "quoted" word'], ['SET', 'k'], 3],
    [['SET', 'k', '\\n'], ['SET', 'k'], 3],
    [['EVAL', 'return KEYS[1] .. " " .. ARGV[1]', '1', 'k', 'v'], ['EVAL'], 6],
  ])('are not guessed without a log: %j', (args, known, total) => {
    expect(entryOf(new ExactArguments(), ...args)).toMatchObject({ args: known, arguments: total });
  });
});
