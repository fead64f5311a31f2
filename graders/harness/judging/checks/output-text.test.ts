import { describe, expect, it } from 'vitest';
import { makeView } from '../../testing/evidence.ts';
import { describeOutput, outputOf, withoutCountedOff, withoutListNumbers } from './output-text.ts';

describe('withoutListNumbers', () => {
  it('leaves the elements of lists, and of lists in lists', () => {
    const output = '(integer) 7\n 1) 1) "a"\n    2) (integer) 3\n10) "2) b"\nwho (1) is 2) it\n';
    expect(withoutListNumbers(output)).toBe('(integer) 7\n"a"\n(integer) 3\n"2) b"\nwho (1) is 2) it\n');
  });
});

describe('withoutCountedOff', () => {
  const upTo = (last: number, between: string, by = 1) =>
    Array.from({ length: Math.floor(last / by) + 1 }, (_, index) => index * by).join(between);

  it.each([
    ['the numbers of seq', `before 7\n${upTo(9, '\n')}\n`, `before 7\n${'\n'.repeat(10)}`],
    ['numbers with words between', `no ${upTo(6, ' or ')}!`, `no ${' or '.repeat(6)}!`],
    ['those that go down, by more than one', '90 80 70 60 50 40', '     '],
    ['many in any order', upTo(24, ',').replace('3,4', '4,3'), ','.repeat(24)],
  ])('leaves out %s', (_, output, left) => {
    expect(withoutCountedOff(output)).toBe(left);
  });

  it.each([
    ['a few that follow each other', '1 2 3 4 5'],
    ['the numbers of a list', '1) "a"\n2) "b"\n3) "c"\n4) "d"\n5) "e"\n6) "f"'],
    ['the same number again and again', '7 7 7 7 7 7 7'],
    ['answers of several questions', '3\n2\n9\n7\n5\n12\n1\n'],
  ])('keeps %s', (_, output) => {
    expect(withoutCountedOff(output)).toBe(output);
  });
});

describe('outputOf', () => {
  it('is stdout, or stderr where that is asked for', () => {
    const view = makeView({ stdout: 'out', stderr: 'err' });
    expect([outputOf(view, {}), outputOf(view, { stream: 'stderr' })]).toEqual(['out', 'err']);
  });

  it('is what stands there to be read, whatever colours it', () => {
    const view = makeView({ stdout: '\u001b[1;32m7\u001b[0m of \u001b]0;title\u00079' });
    expect(outputOf(view, {})).toBe('7 of 9');
  });
});

describe('describeOutput', () => {
  const describe = (stdout: string, stderr = '') => describeOutput(makeView({ stdout, stderr }), {});

  it('says so where nothing was printed', () => {
    expect(describe('')).toBe('nothing was printed');
    expect(describe(' \n\n')).toBe('nothing was printed but empty lines');
  });

  it('tells what went to the other stream', () => {
    expect(describe('', '7\n')).toBe('nothing on stdout; on stderr:\n7');
    expect(describeOutput(makeView({ stdout: '7' }), { stream: 'stderr' })).toBe(
      'nothing on stderr; on stdout:\n7',
    );
  });

  it('shows the first lines, safe to print', () => {
    expect(describe('a\u001b[31m\r\nb\u0007\n')).toBe('a\nb\\x07');
    const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    expect(describe(lines)).toBe(`${lines.slice(0, lines.lastIndexOf('\n'))}\n… 1 more line`);
    expect(describe('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`);
  });
});
