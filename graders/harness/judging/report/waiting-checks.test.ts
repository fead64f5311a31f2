import { describe, expect, it } from 'vitest';
import { check, failed } from '../../testing/report.ts';
import { shownChecks } from './waiting-checks.ts';

const checks = [
  check('passed'),
  failed('failed', {}),
  check('skipped', { status: 'skipped' }),
  check('broken', { status: 'error' }),
];

describe('shownChecks', () => {
  it('folds what waits for a command where none ran', () => {
    const { shown, waiting, line } = shownChecks({ checks, nothingRan: true });
    expect(shown.map(({ id }) => id)).toEqual(['passed', 'broken']);
    expect(waiting.map(({ id }) => id)).toEqual(['failed', 'skipped']);
    expect(line).toBe('2 checks wait for the first command that does something.');
  });

  it('shows all where something ran', () => {
    expect(shownChecks({ checks })).toEqual({ shown: checks, waiting: [], line: null });
  });
});
