import { describe, expect, it } from 'vitest';
import { mentions, mentionsKey, mentionsNumber, mentionsTime } from './mentions.ts';

describe('mentions', () => {
  it.each([
    ['`credits` is `9500`.', '9500', true],
    ['it is 9500.', '9500', true],
    ['it is 95000', '9500', false],
    ['session:han_solo', 'han_solo', false],
    ['the value "3 Star Destroyers,\nsector 7G"', '3 Star Destroyers, sector 7G', true],
    ['a.b', 'a+b', false],
  ])('%j and %j: %s', (text, value, expected) => {
    expect(mentions(text, value)).toBe(expected);
  });
});

describe('mentionsKey', () => {
  it.each([
    ['under the key `fleet:hoth`', true],
    ['all keys that match `fleet:*`', true],
    ['under `fleet:<planet>`', true],
    ['under `fleet:{endor,hoth}`.', true],
    ['under `fleet:{endor,tatooine}`', false],
    ['*fleet*', false],
    ['under `fleet:hoth:atat`', false],
    ['nothing', false],
  ])('%j names fleet:hoth: %s', (text, expected) => {
    expect(mentionsKey(text, 'fleet:hoth')).toBe(expected);
  });
});

describe('mentionsNumber', () => {
  it('takes digits and words', () => {
    expect(mentionsNumber('three more', 3)).toBe(true);
    expect(mentionsNumber('Raise it by 3.', 3)).toBe(true);
    expect(mentionsNumber('3.5 more, or 13', 3)).toBe(false);
  });
});

describe('mentionsTime', () => {
  it.each([
    ['expires after an hour', 3600, true],
    ['one hour', 3600, true],
    ['3600 seconds', 3600, true],
    ['for five minutes', 300, true],
    ['for 300 s', 300, true],
    ['300 milliseconds', 0.3, true],
    ['PX 300', 300, true],
    ['10-minute window', 600, true],
    ['two hours', 3600, false],
  ])('%j and %d s: %s', (text, seconds, expected) => {
    expect(mentionsTime(text, seconds)).toBe(expected);
  });
});
