import { describe, expect, it } from 'vitest';
import { hash, list, zset } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { exitCode } from './exit-code.ts';
import { outputContains } from './output-contains.ts';
import { outputItems } from './output-items.ts';
import { outputMatches } from './output-matches.ts';

const PASSED = { passed: true };

describe('output-contains', () => {
  it('passes where all texts were printed, wherever they stand', () => {
    expect(judgeCheck(outputContains, { texts: ['solo', 7] }, { stdout: 'hsolo 17' })).toEqual(PASSED);
    expect(judgeCheck(outputContains, { texts: ['x'], stream: 'stderr' }, { stderr: 'x' })).toEqual(PASSED);
  });

  it('fails for those that were not', () => {
    expect(judgeCheck(outputContains, { texts: ['a', 'b', 'c'] }, { stdout: 'a\n' })).toEqual({
      passed: false,
      expected: 'output with "b" and "c"',
      actual: 'a',
    });
    expect(judgeCheck(outputContains, { texts: ['x'] }, { stderr: 'x' })).toMatchObject({
      actual: 'nothing on stdout; on stderr:\nx',
    });
  });
});

describe('output-matches', () => {
  it('finds a match in a line', () => {
    expect(
      judgeCheck(outputMatches, { pattern: '^\\(integer\\) 3$' }, { stdout: 'OK\n(integer) 3\n' }),
    ).toEqual(PASSED);
    expect(judgeCheck(outputMatches, { pattern: '^3$' }, { stdout: '(integer) 3\n' })).toEqual({
      passed: false,
      expected: 'output that matches /^3$/',
      actual: '(integer) 3',
    });
  });
});

describe('output-items', () => {
  const before = {
    'session:han': hash({ name: 'hsolo', credits: '100' }),
    'session:count': '7',
    other: hash({}),
  };
  const sessions = { keys: 'session:', type: 'hash' } as const;

  it('takes no number that stands among all others', () => {
    const from = { keys: 'session:', countOnly: true } as const;
    const stdout = '0\n1\n2\n3\n4\n5\n6\n';
    expect(judgeCheck(outputItems, { from }, { before, stdout })).toMatchObject({
      passed: false,
      actual: expect.stringContaining('a number among many that are counted off does not count'),
    });
    expect(judgeCheck(outputItems, { items: [2] }, { before, stdout })).toEqual(PASSED);
  });

  it('passes where all were printed, in any order', () => {
    expect(judgeCheck(outputItems, { items: ['a', 7] }, { stdout: '(integer) 7\n"a"' })).toEqual(PASSED);
    expect(judgeCheck(outputItems, { without: ['b'] }, { stdout: 'a' })).toEqual(PASSED);
  });

  it.each([
    [sessions, '1) "session:han"'],
    [{ ...sessions, countOnly: true }, '1 session'],
    [{ keys: 'session:', countOnly: true }, '2 keys'],
    [{ fields: 'session:han' }, 'credits, name'],
    [{ fields: 'session:han', countOnly: true }, '(integer) 2'],
    [{ values: 'session:han' }, '100 hsolo'],
  ])('asks for what the keyspace holds: %j', (from, stdout) => {
    expect(judgeCheck(outputItems, { from }, { before, after: before, stdout })).toEqual(PASSED);
    expect(judgeCheck(outputItems, { from }, { before, after: before, stdout: 'nothing' })).toMatchObject({
      passed: false,
    });
  });

  it('takes the numbers before the elements of a list for items, unless it is told not to', () => {
    const output = { stdout: '1) "a"\n2) "b"\n' };
    expect(judgeCheck(outputItems, { items: [2] }, output)).toEqual(PASSED);
    expect(judgeCheck(outputItems, { items: [2], noListNumbers: true }, output)).toEqual({
      passed: false,
      expected: 'output with "2"',
      actual: 'not printed: "2"\nthe output: 1) "a"\n2) "b"',
    });
  });

  it('is content with what was there before or after, but not with a mixture', () => {
    const after = { ...before, 'session:leia': hash({}) };
    const options = { before, after };
    expect(judgeCheck(outputItems, { from: sessions }, { ...options, stdout: 'session:han' })).toEqual(
      PASSED,
    );
    expect(
      judgeCheck(outputItems, { from: sessions }, { ...options, stdout: 'session:leia session:han' }),
    ).toEqual(PASSED);
    expect(judgeCheck(outputItems, { from: sessions }, { ...options, stdout: 'session:leia' })).toMatchObject(
      {
        actual: expect.stringContaining('not printed: "session:han"'),
      },
    );
  });

  it('knows the elements of a list, their number, and where one of them stands', () => {
    const lists = { before: { queue: list(['x', 'y', 'z', 'y']) }, after: { queue: list(['z']) } };
    const judge = (from: object, stdout: string) =>
      judgeCheck(outputItems, { from: { elements: 'queue', ...from } }, { ...lists, stdout });
    expect(judge({}, 'x y z')).toEqual(PASSED);
    expect(judge({}, 'z')).toEqual(PASSED);
    expect(judge({}, 'x y')).toMatchObject({ passed: false });
    expect(judge({ countOnly: true }, '4 wait')).toEqual(PASSED);
    expect(judge({ countOnly: true }, '3 wait')).toMatchObject({ passed: false });
    expect(judge({ indexOf: 'y' }, 'at 1')).toEqual(PASSED);
    expect(judge({ indexOf: 'y' }, 'at 3')).toMatchObject({ expected: 'output with "1"' });
  });

  it('knows the members of sorted sets by their scores, and how many there are of each', () => {
    const log = zset({ early: 7, first: 10, second: 15, last: 20, late: 21 });
    const keys = { log, other: zset({ x: 11 }) };
    const judge = (from: object, stdout: string) =>
      judgeCheck(outputItems, { from: { members: ['log'], ...from } }, { before: keys, after: keys, stdout });
    expect(judge({ atLeast: 10, atMost: 20 }, 'first second last')).toEqual(PASSED);
    expect(judge({ atLeast: 10, atMost: 20 }, 'second last')).toMatchObject({
      actual: expect.stringContaining('not printed: "first"'),
    });
    expect(judge({ above: 10, atMost: 20, countOnly: true }, '2')).toEqual(PASSED);
    expect(judge({ best: 2 }, 'late last')).toEqual(PASSED);
    expect(judge({ best: 2 }, 'late second')).toMatchObject({ expected: 'output with "late" and "last"' });
    expect(judge({ lowest: 1 }, 'early')).toEqual(PASSED);
    expect(judge({ lowest: 1, atLeast: 8 }, 'early')).toMatchObject({ expected: 'output with "first"' });
    const both = { members: ['log', 'other'], above: 10, countOnly: true };
    expect(judge(both, '3 and 1')).toEqual(PASSED);
    expect(judge(both, '4')).toMatchObject({ expected: 'output with "3" and "1"' });
    const cleared = { before: keys, after: {}, stdout: '0' };
    const all = { from: { members: ['log'], countOnly: true } };
    expect(judgeCheck(outputItems, all, cleared)).toMatchObject({ expected: 'output with "5"' });
  });

  it('is not content with nothing where the script removed all', () => {
    expect(judgeCheck(outputItems, { from: sessions }, { before, after: {}, stdout: '' })).toMatchObject({
      passed: false,
    });
  });

  it('tells what is missing and what is too much', () => {
    const stdout = 'session:han\nsession:count\n';
    expect(
      judgeCheck(outputItems, { items: ['session:han', 'x'], without: ['session:count', 'y'] }, { stdout }),
    ).toEqual({
      passed: false,
      expected: 'output with "session:han" and "x"\noutput without "session:count"',
      actual: 'not printed: "x"\nprinted as well: "session:count"\nthe output: session:han\nsession:count',
    });
  });
});

describe('exit-code', () => {
  it('passes for the code', () => {
    expect(judgeCheck(exitCode, { code: 0 }, { stderr: 'a warning' })).toEqual(PASSED);
    expect(judgeCheck(exitCode, { code: 3 }, { process: { exitCode: 3 } })).toEqual(PASSED);
  });

  it.each([
    [{ exitCode: 1 }, 'exit code 1'],
    [{ exitCode: null, signal: 'SIGSEGV' }, 'ended by signal SIGSEGV'],
    [{ exitCode: null, ended: 'timed out' as const }, 'still running after 30 s, so it was stopped'],
    [
      { exitCode: null, ended: 'timed out' as const, leftOpen: true },
      'it had nothing left to do, but a client was still open, so it was stopped',
    ],
    [{ exitCode: null, ended: 'not started' as const }, 'it could not be started'],
    [
      { exitCode: null, ended: 'out of memory' as const },
      'used more memory than it is given, so it was stopped',
    ],
    [
      { exitCode: null, ended: 'too many processes' as const },
      'started too many processes, so it was stopped',
    ],
  ])('fails for %j', (process, actual) => {
    expect(judgeCheck(exitCode, { code: 0 }, { process })).toEqual({
      passed: false,
      expected: 'the script ends by itself with exit code 0',
      actual,
    });
  });

  it('shows the last lines of what the script complained about, safe to print', () => {
    const stderr = `${Array.from({ length: 20 }, (_, index) => `at ${index}`).join('\n')}\nError: \u001b[31m${'x'.repeat(200)}\n`;
    const finding = judgeCheck(exitCode, { code: 0 }, { process: { exitCode: 1 }, stderr });
    expect(finding).toMatchObject({
      actual: expect.stringMatching(/^exit code 1\nat 13\n(?:at 1\d\n){6}Error: \\x1b\[31mx+…$/),
    });
  });
});
