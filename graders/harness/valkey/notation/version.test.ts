import { describe, expect, it } from 'vitest';
import { isAtLeast } from './version.ts';

describe('isAtLeast', () => {
  it.each([
    ['8.1.3', '8.1', true],
    ['8.1', '8.1', true],
    ['9.0.0', '8.1', true],
    ['8.10.0', '8.9', true],
    ['8.0.9', '8.1', false],
    ['7.2.5', '8.1', false],
    ['8.9.0', '8.10', false],
  ])('%s is at least %s: %s', (version, least, expected) => {
    expect(isAtLeast(version, least)).toBe(expected);
  });
});
