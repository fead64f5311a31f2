import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { create } from 'xmlbuilder2';
import { terminalSvg } from './terminal-svg.ts';

const style = picocolors.createColors(true);

/** An element of the picture as its attributes, with its text as `text`. */
type Drawn = Record<string, string>;

/** What is drawn for a text, without the window around it. */
function drawn(text: string, columns = 40): Drawn[] {
  return elements(terminalSvg({ text, title: 'a title', columns })).filter(
    ({ name, lengthAdjust, opacity }) => (name === 'text' ? lengthAdjust : opacity) !== undefined,
  );
}

function elements(svg: string): Drawn[] {
  const found: Drawn[] = [];
  create(svg)
    .root()
    .each((element) => {
      const { node } = element;
      const attributes = Object.entries(element.toObject() as object).flatMap(([, value]) =>
        typeof value === 'object' ? Object.entries(value as Drawn) : [],
      );
      found.push({
        ...Object.fromEntries(attributes.map(([name, value]) => [name.replace('@', ''), value])),
        name: node.nodeName,
        text: node.textContent ?? '',
      });
    });
  return found;
}

/** Where the window's first column is, in pixels. */
const [LEFT] = [30 - 2 * 8];

describe('terminalSvg', () => {
  it('puts each run of text at its own column, and fits it to its columns', () => {
    const text = `  ${style.green('✓')} read   ${style.bold('1/1')}\n漢字 ${style.red('x')}`;
    expect(drawn(text).map(({ text, x, textLength }) => [text, Number(x), Number(textLength)])).toEqual([
      ['✓', LEFT + 2 * 8, 8],
      ['read', LEFT + 4 * 8, 4 * 8],
      ['1/1', LEFT + 11 * 8, 3 * 8],
      ['漢字', LEFT, 4 * 8],
      ['x', LEFT + 5 * 8, 8],
    ]);
  });

  it('gives each line a height of its own, and none to blank lines at the ends', () => {
    const [first, second] = drawn('\n\na\n\nb\n\n').map(({ y }) => Number(y));
    expect(Number(second) - Number(first)).toBe(2 * 19);
    expect(terminalSvg({ text: '\na\n', title: '', columns: 9 })).toBe(
      terminalSvg({ text: 'a', title: '', columns: 9 }),
    );
  });

  it('shows colours, what is dim and what is bold', () => {
    const [plain, dim, bold, red] = drawn(
      `plain  ${style.dim('dim')}  ${style.bold('bold')}  ${style.bold(style.red('red'))}`,
    );
    const fills = [plain, dim, bold, red].map((run) => run?.fill);
    expect(fills[2]).toBe(fills[0]);
    expect(new Set(fills).size).toBe(3);
    expect([plain, dim, bold, red].map((run) => run?.['font-weight'])).toEqual([
      undefined,
      undefined,
      '600',
      '600',
    ]);
  });

  it('draws bars, so that no font leaves gaps in them', () => {
    const shown = drawn(`${style.yellow('██')}${style.dim('░░░')}  2 of 5`);
    expect(
      shown.map(({ name, x, width, textLength }) => [name, Number(x), Number(width ?? textLength)]),
    ).toEqual([
      ['rect', LEFT, 2 * 8],
      ['rect', LEFT + 2 * 8, 3 * 8],
      ['text', LEFT + 7 * 8, 6 * 8],
    ]);
  });

  it('keeps markup as text', () => {
    expect(drawn('HGET a<b "&amp;"').map(({ text }) => text)).toEqual(['HGET a<b "&amp;"']);
  });

  it('is as wide as asked for, or as its longest line', () => {
    const width = (text: string, columns: number) =>
      Number(/width="(\d+)"/.exec(terminalSvg({ text, title: '', columns }))?.[1]);
    expect(width('short', 40) - width('short', 30)).toBe(10 * 8);
    expect(width('x'.repeat(50), 40) - width('short', 40)).toBe(10 * 8);
  });
});
