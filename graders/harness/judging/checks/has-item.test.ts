import { describe, expect, it } from 'vitest';
import { hasItem } from './has-item.ts';

describe('hasItem', () => {
  it.each([
    ['7', '7'],
    ['(integer) 7\n', '7'],
    ['"7"', '7'],
    ['7.', '7'],
    ['7, 8 and 9.', '9'],
    ['[7,8]', '8'],
    ['{"count":7}', '7'],
    ['count:7', '7'],
    ['count=7;', '7'],
    ['7: open sessions', '7'],
    ['standard....7', '7'],
    ['7- that is all', '7'],
    ['-7', '-7'],
    ['1) "session:han_solo"', 'session:han_solo'],
    ['- session:han_solo', 'session:han_solo'],
    ['session:han_solo: hash', 'session:han_solo'],
    ["{'session:han_solo': 6}", 'session:han_solo'],
    ['{"session:han_solo":6}', 'session:han_solo'],
    ['username: hsolo', 'hsolo'],
    ['username: hsolo', 'username'],
    ['"username":"hsolo"', 'hsolo'],
    ['1) "2025-08-28T13:30:00"', '2025-08-28T13:30:00'],
    ['a "Stop Ronan from destroying Xandar" b', 'Stop Ronan from destroying Xandar'],
    ['98.5', '98.5'],
    ['(a+b)*[c]', 'a+b'],
    ['größe 3', 'größe'],
  ])('finds in %j the item %j', (output, item) => {
    expect(hasItem(output, item)).toBe(true);
  });

  it.each([
    ['', '7'],
    ['17', '7'],
    ['71', '7'],
    ['7.5', '7'],
    ['10.5', '10'],
    ['0.7', '7'],
    ['-7', '7'],
    ['version.7', '7'],
    ['7-up', '7'],
    ['booth_10', '10'],
    ['2025-08-10', '10'],
    ['13:07:10', '10'],
    ['13:10:00', '10'],
    ['1st, 7th', '7'],
    ['98.57', '98.5'],
    ['session:han_solo2', 'session:han_solo'],
    ['session:han_solo:cart', 'session:han_solo'],
    ['my-session:han_solo', 'session:han_solo'],
    ['archive:session:han_solo', 'session:han_solo'],
    ['session:han_solo', 'han_solo'],
    ['session:han_solo', 'session'],
    ['username', 'user'],
    ['größen', 'größe'],
    ['aXb', 'a.b'],
  ])('does not find in %j the item %j', (output, item) => {
    expect(hasItem(output, item)).toBe(false);
  });
});
