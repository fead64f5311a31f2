import { describe, expect, it } from 'vitest';
import { isMisspelt } from './misspelt.ts';

describe('isMisspelt', () => {
  it.each([
    ['imperial_fleet:endor', 'imperial_fleet:endr'],
    ['imperial_fleet:endor', 'imperial-fleet:endor'],
    ['session:han_solo', 'sesion:han_solo'],
    ['session:han_solo', 'Session:Han-Solo'],
    ['session:han_solo', 'sessions:han_solo'],
    ['session:han_solo', 'session_han_solo'],
    ['credits', 'credit'],
    ['credits', 'Credits'],
    ['credits', 'crdeits'],
    ['board', 'boards'],
    ['k', 'K'],
  ])('takes for %s what is meant by %s', (wanted, found) => {
    expect(isMisspelt(wanted, found)).toBe(true);
  });

  it.each([
    ['k', 'k'],
    ['session:1', 'session:2'],
    ['battle:2024_12_10_15:shots', 'battle:2024_12_10_16:shots'],
    ['mission:alpha', 'mission:beta'],
    ['queue:in', 'queue:out'],
    ['sensor:temperature:in', 'sensor:temperature:out'],
    ['session:han_solo', 'session:leia'],
    ['board', 'bored_of'],
    ['k', `k${' '.repeat(1000)}`],
  ])('takes for %s no %s', (wanted, found) => {
    expect(isMisspelt(wanted, found)).toBe(false);
  });
});
