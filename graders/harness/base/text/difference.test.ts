import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';

describe('difference', () => {
  it.each([
    ['9500', '', 'the value is empty'],
    ['9500', '9500\r', 'ends with a carriage return (\\r), as files with Windows line ends have it'],
    ['9500', '9500\n', 'ends with a line feed (\\n), as `echo` adds one (5 characters, expected 4)'],
    ['9500', '9500 ', 'ends with a space that cannot be seen (5 characters, expected 4)'],
    ['9500', '9500   ', 'ends with 3 spaces that cannot be seen'],
    ['9500', '9500\t', 'ends with white space that cannot be seen'],
    ['9500', ' 9500', 'begins with a space that cannot be seen'],
    ['9500', ' 9500\n', 'has white space at both ends'],
    ['9500', '"9500"', 'the quotes became part of the value (6 characters, expected 4)'],
    ['9500', "'9500'", 'the quotes became part of the value'],
    ['hsolo', 'HSolo', 'only upper and lower case differ'],
    ['booth 7', 'booth\u00a07', 'look the same but are other code points'],
    ['caf\u00e9', 'cafe\u0301', 'look the same but are other code points'],
    ['booth_7', 'booth-7', 'only separators (spaces, dashes, underscores) differ'],
    ['9500', '9500.0', 'the same number, written in another way'],
    ['9500', '9.5e3', 'the same number, written in another way'],
  ])('tells %j from %j', (expected, actual, text) => {
    expect(difference(expected, actual)).toContain(text);
  });

  it('says nothing where the texts are equal, or where seeing both is enough', () => {
    expect(difference('9500', '9500')).toBeUndefined();
    expect(difference('9500', '10000')).toBeUndefined();
    expect(difference('human', 'wookie')).toBeUndefined();
    expect(difference('', 'x')).toBeUndefined();
  });

  it('tells where long texts begin to differ, in characters and not in units of UTF-16', () => {
    const orb = 'Deliver \u{1f52e} mysterious orb to Nova Corps';
    expect(difference(orb, orb.replace('Nova', 'nova').replace('orb', 'orbs'))).toBe(
      'the first difference is at character 25',
    );
    expect(difference(orb, orb.slice(0, 20))).toBe('the value stops after 19 characters');
    expect(difference(orb, `${orb}, soon`)).toBe('the value goes on after character 38');
    expect(difference(orb, 'Collect bounty on the crew')).toBeUndefined();
  });
});
