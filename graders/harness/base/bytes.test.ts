import { describe, expect, it } from 'vitest';
import {
  compareValues,
  isCut,
  textOf,
  toBuffer,
  toBytes,
  toValue,
  trimContinuation,
  trimPartialCharacter,
} from './bytes.ts';

const raw = (...octets: number[]) => Buffer.from(octets);

describe('toBytes', () => {
  it.each([
    ['ASCII', Buffer.from('hsolo'), 'hsolo'],
    ['nothing', Buffer.alloc(0), ''],
    ['UTF-8', Buffer.from('Café \u{1f52e}'), 'Café \u{1f52e}'],
    ['a byte order mark', raw(0xef, 0xbb, 0xbf, 0x61), '\ufeffa'],
    ['control characters', raw(0, 10, 13, 27), '\0\n\r\u001b'],
    ['bytes that are not UTF-8', raw(0xff, 0x00), { base64: '/wA=' }],
    ['half a character', raw(0x61, 0xc3), { base64: 'YcM=' }],
    ['an overlong form', raw(0xc0, 0x80), { base64: 'wIA=' }],
    ['a surrogate', raw(0xed, 0xa0, 0x80), { base64: '7aCA' }],
  ])('encodes %s without loss', (_, buffer, expected) => {
    expect(toBytes(buffer)).toEqual(expected);
    expect(toBuffer(toBytes(buffer)).equals(buffer)).toBe(true);
  });
});

describe('toBytes, of a long text of controls', () => {
  it('gives base64 in place of six characters for each', () => {
    const controls = Buffer.alloc(2_000, 1);
    expect(toBytes(controls)).toEqual({ base64: controls.toString('base64') });
    expect(toBytes(controls.subarray(0, 1_000))).toBe('\u0001'.repeat(1_000));
    const lines = 'value\n'.repeat(1_000);
    expect(toBytes(Buffer.from(lines))).toBe(lines);
  });
});

describe('toValue', () => {
  it('keeps what fits whole', () => {
    expect(toValue(Buffer.from('12345'), 5)).toBe('12345');
  });

  it('keeps the head of what does not, and its length', () => {
    const value = toValue(Buffer.from('123456'), 5);
    expect(value).toEqual({ head: '12345', length: 6 });
    expect(isCut(value)).toBe(true);
    expect(textOf(value)).toBeUndefined();
    expect(toBuffer(value).toString()).toBe('12345');
  });

  it('splits no character where it cuts', () => {
    expect(toValue(Buffer.from('aüü'), 4)).toEqual({ head: 'aü', length: 5 });
    expect(toValue(Buffer.from('a\u{1f52e}'), 4)).toEqual({ head: 'a', length: 5 });
    expect(toValue(Buffer.from('\u{1f52e}\u{1f52e}'), 4)).toEqual({ head: '\u{1f52e}', length: 8 });
  });
});

describe('trimming', () => {
  it('drops part of a character at the cut, and no whole one', () => {
    const text = Buffer.from('a\u{1f52e}é€');
    const heads = Array.from({ length: text.length + 1 }, (_, end) =>
      Buffer.from(trimPartialCharacter(text.subarray(0, end))).toString(),
    );
    const tails = Array.from({ length: text.length + 1 }, (_, start) =>
      Buffer.from(trimContinuation(text.subarray(start))).toString(),
    );
    expect(new Set(heads)).toEqual(new Set(['', 'a', 'a\u{1f52e}', 'a\u{1f52e}é', 'a\u{1f52e}é€']));
    expect(new Set(tails)).toEqual(new Set(['a\u{1f52e}é€', '\u{1f52e}é€', 'é€', '€', '']));
  });
});

describe('isCut and textOf', () => {
  it('tell text, bytes and nothing apart', () => {
    expect([isCut('length'), isCut({ base64: '' })]).toEqual([false, false]);
    expect([textOf('a'), textOf({ base64: '' }), textOf(undefined)]).toEqual(['a', undefined, undefined]);
  });
});

describe('compareValues', () => {
  it('orders by bytes', () => {
    const values = ['b', { base64: '/w==' }, 'é', 'B', '', { head: 'a', length: 9 }];
    expect(values.sort(compareValues)).toEqual([
      '',
      'B',
      { head: 'a', length: 9 },
      'b',
      'é',
      { base64: '/w==' },
    ]);
  });
});
