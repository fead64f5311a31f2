import { describe, expect, it } from 'vitest';
import { describeFound, duration } from './describe.ts';

describe('describeFound', () => {
  const submission = (id: string, commit: { late: number | null; changed?: boolean } | null) => ({
    id,
    learner: null,
    path: `/${id}`,
    commit: commit && { sha: 'a'.repeat(40), date: '2026-06-01T00:00:00.000Z', ...commit },
  });

  it('says who is late, not on the roster, not as committed, and without anything', () => {
    expect(
      describeFound({
        submissions: [
          submission('leia', { late: 3750 }),
          submission('han', { late: 0, changed: true }),
          submission('r2', null),
        ],
        notSubmitted: [],
        faults: [],
        offRoster: ['r2\u001b[2J'],
        missing: [{ id: 'r2', reason: 'its repository is empty' }],
      }),
    ).toEqual([
      '1 not on the roster, and so not in canvas.csv and moodle.csv: r2\\x1b[2J',
      '1 with commits after the deadline: leia by 1 h 2 min',
      '1 graded with changes that are not committed: han',
      '1 repository with nothing to grade: r2 (its repository is empty)',
    ]);
  });

  it('says nothing where all is well', () => {
    const submissions = [submission('leia', { late: null }), submission('han', null)];
    expect(describeFound({ submissions, notSubmitted: [], faults: [] })).toEqual([]);
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3661, '1 h 1 min'],
    [86_400, '1 d'],
    [86_400 + 59, '1 d'],
    [200_000, '2 d 7 h'],
  ])('%d s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
