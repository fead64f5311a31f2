import { describe, expect, it } from 'vitest';
import { printable, printableLines, show, showArgument } from './printable.ts';

describe('printable', () => {
  it.each([
    ['line feed and tab', 'a\nb\tc\rd', 'a\\nb\\tc\\rd'],
    ['terminal control', '\u001b[2Jgone\u0007', '\\x1b[2Jgone\\x07'],
    ['C1 control', '\u009b31m', '\\x9b31m'],
    ['text direction', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['zero width', 'han\u200b_solo\ufeff', 'han\\u200b_solo\\ufeff'],
    ['unusual spaces', 'a\u00a0b\u3000c', 'a\\xa0b\\u3000c'],
    ['blank letters and joiners', 'a\u3164\u115f\u2800\u034f', 'a\\u3164\\u115f\\u2800\\u034f'],
    ['tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['lone surrogates', 'a\ud83db\udd2e', 'a\\ud83db\\udd2e'],
  ])('escapes %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves what can be seen as it is', () => {
    const text = 'Caf\u00e9 "Mos Eisley" \\ 3€ \u{1f52e} 酒場';
    expect(printable(text)).toBe(text);
  });

  it('keeps line feeds of a block, and takes CRLF for one', () => {
    expect(printableLines('a\r\nb\u001b\nc\r')).toBe('a\nb\\x1b\nc\\r');
  });
});

describe('show', () => {
  it('quotes, and escapes quotes and backslashes', () => {
    expect(show('say "hi"\\n\n')).toBe('"say \\"hi\\"\\\\n\\n"');
    expect(show('')).toBe('""');
  });

  it('cuts what is long', () => {
    expect(show('x'.repeat(300), 10)).toBe('"xxxxxxxxxx…"');
    expect(show({ head: 'abc', length: 70_000 })).toBe('"abc" (the first of 70000 bytes)');
  });

  it('shows bytes that are not text in hexadecimal', () => {
    expect(show({ base64: Buffer.from([0xff, 0x00]).toString('base64') })).toBe('the bytes ff00 (not text)');
    expect(show({ base64: Buffer.alloc(50, 0xff).toString('base64') })).toBe(
      `the bytes ${'ff'.repeat(40)}… (not text)`,
    );
  });
});

describe('showArgument', () => {
  it.each([
    ['session:han_solo', 'session:han_solo'],
    ['2025-08-28T13:30:00', '2025-08-28T13:30:00'],
    ['session:*', 'session:*'],
    ['', '""'],
    ['two words', '"two words"'],
    ["it's", '"it\'s"'],
    ['x'.repeat(61), `"${'x'.repeat(60)}…"`],
  ])('writes %j as %s', (value, expected) => {
    expect(showArgument(value)).toBe(expected);
  });
});
