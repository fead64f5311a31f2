import { describe, expect, it } from 'vitest';
import { MarkFilter } from './mark-filter.ts';

const MARK = '\0left open 1\0';

/** What passes of a text that comes in chunks of so many bytes, and how many marks were in it. */
function filtered(text: string, size: number): { passed: string; marks: number } {
  let marks = 0;
  const filter = new MarkFilter(MARK, () => {
    marks += 1;
  });
  const bytes = Buffer.from(text);
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(filter.pass(bytes.subarray(at, at + size)));
  return { passed: Buffer.concat([...chunks, filter.end()]).toString(), marks };
}

describe('MarkFilter', () => {
  it.each([1, 2, 5, 100])('takes marks out of chunks of %i bytes', (size) => {
    expect(filtered(`a${MARK}${MARK}b\n${MARK}ü`, size)).toEqual({ passed: 'ab\nü', marks: 3 });
  });

  it.each(['', '\0', '\0left', '\0\0left open 2\0', `x${MARK.slice(0, -1)}`])('lets %j pass', (text) => {
    for (const size of [1, 3, 100]) expect(filtered(text, size)).toEqual({ passed: text, marks: 0 });
  });
});
