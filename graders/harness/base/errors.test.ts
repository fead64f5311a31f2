import { describe, expect, it } from 'vitest';
import { messageOf, UsageError } from './errors.ts';

describe('messageOf', () => {
  it('keeps the lines of what was worded here', () => {
    expect(messageOf(new UsageError('No.\nDo that.'))).toBe('No.\nDo that.');
  });

  it.each([
    [
      'the system',
      Object.assign(new Error("ENOENT: open 'a\n::error::\u001b[31m\u202e'"), { code: 'ENOENT' }),
    ],
    ['a parser', new SyntaxError("Unexpected token in 'a\n::error::\u001b[31m\u202e'")],
    ['nobody', "a text with 'a\n::error::\u001b[31m\u202e'"],
  ])('writes out what %s quotes and no terminal is to act upon', (_, thrown) => {
    expect(messageOf(thrown)).toMatch(/ 'a\\n::error::\\x1b\[31m\\u202e'$/);
  });
});
