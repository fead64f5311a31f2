import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { wrapText } from './wrap.ts';

describe('wrapText', () => {
  it('leaves what fits as it is, trailing space aside', () => {
    expect(wrapText('short', 10)).toEqual(['short']);
    expect(wrapText('  exactly 10', 12)).toEqual(['  exactly 10']);
    expect(wrapText('space at the end   ', 16)).toEqual(['space at the end']);
  });

  it('keeps line feeds, and empty lines', () => {
    expect(wrapText('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  });

  it('breaks at spaces, and no space begins a line', () => {
    expect(wrapText('the quick brown fox jumps', 10)).toEqual(['the quick', 'brown fox', 'jumps']);
  });

  it('goes on under the indent of the line that it breaks', () => {
    expect(wrapText('    one two three four', 13)).toEqual(['    one two', '    three', '    four']);
  });

  it('hangs what goes on further in, and only that', () => {
    expect(wrapText('HSET key field value', 13, 2)).toEqual(['HSET key', '  field value']);
    expect(wrapText('HSET key', 13, 2)).toEqual(['HSET key']);
  });

  it('breaks a word that is wider than a line', () => {
    expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('leaves room for the text however far in it begins', () => {
    const lines = wrapText(`${' '.repeat(100)}some words here`, 20);
    expect(lines.map((line) => line.trim()).join(' ')).toBe('some words here');
    expect(lines.every((line) => line.length <= 20)).toBe(true);
  });

  it.each([
    ['wide characters', '宇宙船の速度は光速を超えることができない'.repeat(3)],
    ['emoji', '🚀🛸👩‍🚀'.repeat(20)],
    ['combining marks', 'é'.repeat(80)],
    ['wide characters and words', 'name 名前 名前名前名前名前 value 値'.repeat(5)],
  ])('measures %s in columns', (_, text) => {
    const lines = wrapText(text, 21, 2);
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(21);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
  });
});
