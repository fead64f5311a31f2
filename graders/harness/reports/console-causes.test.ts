import { describe, expect, it } from 'vitest';
import { check, failed, report } from '../testing/report.ts';
import { consoleReport } from './console.ts';

describe('consoleReport', () => {
  it('tells first what kept the script from its work, and folds what waits for it', () => {
    const crashed = report({
      causes: [
        { kind: 'crash', text: `Your script crashed at line 3: ${'Error '.repeat(12)}`, line: 3 },
        { kind: 'not connected', text: 'It looked elsewhere.', advice: 'Connect with `VALKEY_URL`.' },
      ],
      nothingRan: true,
      checks: [check('idle'), failed('one', {}), check('two', { status: 'skipped', score: 0 })],
      notes: ['A note.'],
    });
    expect(consoleReport(crashed, false)).toBe(`
  A session for the cantina  sessions/cantina
  solution.py · Python · ran 0.12 s
  graded on valkey 8.1.1 (local engine, process sandbox)

  Fix this first
  ✗ Your script crashed at line 3: Error Error Error Error Error Error Error
    Error Error Error Error Error
  ✗ It looked elsewhere.
    Connect with \`VALKEY_URL\`.

  ✓ The check idle holds                                                     1/1

  2 checks wait for the first command that does something.

  Good to know
  · A note.

  ████████░░░░░░░░░░░░░░░░  1 of 3 points, 2 checks of 3 to go

`);
  });
});
