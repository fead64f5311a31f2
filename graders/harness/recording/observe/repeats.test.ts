import { describe, expect, it } from 'vitest';
import { Repeats } from './repeats.ts';

/** What comes through of a sequence of prints, and how many are left out. */
function passed(prints: readonly string[]): { through: string[]; out: number } {
  const repeats = new Repeats<{ print: string }>();
  const taken = prints.map((print) => repeats.take({ print }));
  const through = [...taken.flatMap((one) => one.through), ...repeats.end()].map(({ print }) => print);
  return { through, out: taken.flatMap(({ out }) => out).length };
}

const turns = (loop: string, number: number) => [...loop.repeat(number)];

describe('Repeats', () => {
  it('lets through what is not the same again and again', () => {
    const all = [...Array(300).keys()].map(String);
    expect(passed(all)).toEqual({ through: all, out: 0 });
    expect(passed(turns('ab', 10))).toEqual({ through: turns('ab', 10), out: 0 });
  });

  it.each(['a', 'ab', 'wgmse', 'aab', 'abcdefgh'])('leaves out turns of %s as a whole', (loop) => {
    const all = [...'xy', ...turns(loop, 1000), ...loop.slice(0, -1), 'z'];
    const { through, out } = passed(all);
    expect(through.length + out).toBe(all.length);
    expect(through.length).toBeLessThan(loop.length * 30);
    expect(out % loop.length).toBe(0);
    const end = `${loop}${loop.slice(0, -1)}z`;
    expect(through.join('').slice(0, 2 + loop.length)).toBe(`xy${loop}`);
    expect(through.join('').endsWith(end)).toBe(true);
  });

  it('sees a loop again after another one', () => {
    const { through } = passed([...turns('ab', 500), ...turns('c', 500), ...turns('ab', 500)]);
    expect(through.join('')).toMatch(/^(?:ab)+c+(?:ab)+$/);
    expect(through.length).toBeLessThan(200);
  });

  it('keeps a loop that nothing ends', () => {
    expect(passed(turns('ab', 1000)).through.slice(-2)).toEqual(['a', 'b']);
  });

  it('takes no loop for one that is longer than it can see', () => {
    expect(passed(turns('abcdefghi', 100)).out).toBe(0);
  });
});
