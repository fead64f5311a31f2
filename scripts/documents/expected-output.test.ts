import { expect, it } from 'vitest';
import { missingLine } from './expected-output.ts';

const PRINTED = '  A session\n  graded on valkey 8.1.1, ran 0.02 s\n  ✓ One   1/1\n  ✗ Two (2)   0/2\n';

it.each([
  [['A session', '✓ One 1/1']],
  [['A session', '…', '✗ Two (2) 0/2']],
  [['graded on valkey 8.1.4, ran 13 s']],
  [['✗ Two … 0/2', '']],
])('finds %j', (documented) => {
  expect(missingLine(documented, PRINTED)).toBeUndefined();
});

it('names the first line that is not there, or not in its place', () => {
  expect(missingLine(['A session', '✗ One 0/1', 'B'], PRINTED)).toBe('✗ One 0/1');
  expect(missingLine(['✓ One 1/1', 'A session'], PRINTED)).toBe('A session');
});
