import { describe, expect, it } from 'vitest';
import { matchesLine, matchesValue } from './grader-pattern.ts';

/** A pattern that takes the square of what it reads: a megabyte of spaces would take it minutes. */
const CARELESS = '\\s+$';

describe('matchesValue', () => {
  it('finds a match anywhere in a value', () => {
    expect(matchesValue('^b', 'b')).toBe(true);
    expect(matchesValue('^b', 'a\nb')).toBe(false);
    expect(matchesValue('b$', `${'a'.repeat(16_000)}b`)).toBe(true);
  });

  it('finds none in what is too long', () => {
    expect(matchesValue('a', 'a'.repeat(17_000))).toBe(false);
    expect(matchesValue(CARELESS, `${' '.repeat(1_000_000)}x`)).toBe(false);
  });
});

describe('matchesLine', () => {
  it('finds a match in one line', () => {
    expect(matchesLine('^total: [0-9]+$', 'a\ntotal: 12\r\nb')).toBe(true);
    expect(matchesLine('a\\s+total', 'a\ntotal: 12')).toBe(false);
  });

  it('passes over lines that are too long', () => {
    expect(matchesLine(CARELESS, `${' '.repeat(1_000_000)}x\n `)).toBe(true);
    expect(matchesLine(CARELESS, `${' '.repeat(1_000_000)}x\ny`)).toBe(false);
  });
});
