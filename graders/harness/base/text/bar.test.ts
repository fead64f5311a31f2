import { expect, it } from 'vitest';
import { filledParts } from './bar.ts';

it.each([
  [0, 0],
  [0.001, 1],
  [0.5, 12],
  [0.999, 23],
  [1, 24],
])('fills a bar of 24 for the share %d with %d parts', (share, parts) => {
  expect(filledParts(share, 24)).toBe(parts);
});
