import { describe, expect, it } from 'vitest';
import { makeView } from '../../testing/evidence.ts';
import { describeOutput, outputOf, withoutListNumbers } from './output-text.ts';

describe('withoutListNumbers', () => {
  it('leaves the elements of lists, and of lists in lists', () => {
    const output = '(integer) 7\n 1) 1) "a"\n    2) (integer) 3\n10) "2) b"\nwho (1) is 2) it\n';
    expect(withoutListNumbers(output)).toBe('(integer) 7\n"a"\n(integer) 3\n"2) b"\nwho (1) is 2) it\n');
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
  it('says so where nothing was printed', () => {
    expect(describeOutput(' \n\n')).toBe('nothing was printed');
  });

  it('shows the first lines, safe to print', () => {
    expect(describeOutput('a\u001b[31m\r\nb\n')).toBe('a\\x1b[31m\nb');
    const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`).join('\n');
    expect(describeOutput(lines)).toBe(`${lines.slice(0, lines.lastIndexOf('\n'))}\n… 1 more line`);
    expect(describeOutput('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`);
  });
});
