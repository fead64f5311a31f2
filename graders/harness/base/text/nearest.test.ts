import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const PROPERTIES = ['key', 'fields', 'field', 'increasedBy', 'args'];

describe('nearest', () => {
  it.each([
    ['feilds', 'fields'],
    ['increasdBy', 'increasedBy'],
    ['Key', 'key'],
    ['kye', 'key'],
    ['arg', 'args'],
    ['fields', 'fields'],
  ])('%s means %s', (word, meant) => {
    expect(nearest(word, PROPERTIES)).toBe(meant);
  });

  it.each(['colour', 'tolerance', '', 'ab'])('%j means none of them', (word) => {
    expect(nearest(word, PROPERTIES)).toBeUndefined();
  });
});

describe('didYouMean', () => {
  it('asks where something is near, and says nothing otherwise', () => {
    expect(didYouMean('feilds', PROPERTIES)).toBe('; did you mean fields?');
    expect(didYouMean('colour', PROPERTIES)).toBe('');
  });
});
