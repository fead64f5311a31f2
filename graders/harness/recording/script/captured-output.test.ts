import { describe, expect, it } from 'vitest';
import { CapturedOutput } from './captured-output.ts';

function capture(limit: number, text: string, chunkSize = text.length) {
  const output = new CapturedOutput(limit);
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += chunkSize)
    output.add(bytes.subarray(start, start + chunkSize));
  return output.result();
}

describe('CapturedOutput', () => {
  it('takes each piece in the same time, however many there were', { timeout: 120_000 }, () => {
    const { text, bytes } = capture(1024 * 1024, '+\n'.repeat(1_000_000), 2);
    expect(bytes).toBe(2_000_000);
    expect(text.endsWith('+\n'.repeat(256 * 1024))).toBe(true);
  });

  it('is empty where nothing was written', () => {
    expect(new CapturedOutput(10).result()).toEqual({ text: '', bytes: 0, cut: false });
  });

  it.each([1, 3, 10])('keeps all up to the limit, in chunks of %i bytes', (size) => {
    expect(capture(10, '0123456789', size)).toEqual({ text: '0123456789', bytes: 10, cut: false });
  });

  it.each([1, 2, 3, 7, 26])('keeps head and tail beyond it, in chunks of %i bytes', (size) => {
    expect(capture(10, 'abcdefghijklmnopqrstuvwxyz', size)).toEqual({
      text: 'abcde\n… 16 bytes of output were cut here …\nvwxyz',
      bytes: 26,
      cut: true,
    });
  });

  it('cuts one byte too many, and one that is all there is', () => {
    expect(capture(4, '12345').text).toBe('12\n… 1 bytes of output were cut here …\n45');
    expect(capture(0, 'x')).toMatchObject({ text: '\n… 1 bytes of output were cut here …\n', cut: true });
  });

  it('splits no character where it cuts', () => {
    // Each ü takes two bytes, the limit falls into the middle of the third and of the last but two.
    const { text, bytes } = capture(10, 'ü'.repeat(20));
    expect(text).toBe('üü\n… 32 bytes of output were cut here …\nüü');
    expect(bytes).toBe(40);
    expect(capture(8, `\u{1f52e}a${'.'.repeat(20)}b\u{1f52e}`).text).toMatch(/^\u{1f52e}\n.*\n\u{1f52e}$/u);
    expect(capture(6, `a\u{1f52e}${'.'.repeat(20)}\u{1f52e}b`).text).toMatch(/^a\n.*\nb$/);
  });

  it('keeps a flood within bounds', () => {
    const output = new CapturedOutput(1000);
    const chunk = Buffer.alloc(100, 'y');
    for (let count = 0; count < 100_000; count += 1) output.add(chunk);
    const { text, bytes } = output.result();
    expect(bytes).toBe(10_000_000);
    expect(text).toBe(`${'y'.repeat(500)}\n… 9999000 bytes of output were cut here …\n${'y'.repeat(500)}`);
  });
});
