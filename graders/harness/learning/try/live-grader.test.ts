import { describe, expect, it } from 'vitest';
import type { Check, Grader } from '../../judging/grader.ts';
import { liveGrader } from './live-grader.ts';

const check = (id: string, options: Partial<Check> = {}): Check => ({
  id,
  title: id,
  points: 1,
  needs: [],
  variant: null,
  hints: ['think'],
  keys: [],
  judge: () => ({ passed: true }),
  ...options,
});

describe('the part of a grader that is judged while somebody types', () => {
  it('leaves out what is judged on other data, and what needs that', () => {
    const grader: Grader = {
      id: 'a/b',
      title: 'A',
      points: 5,
      setup: [],
      variants: [
        { id: 'others', title: 'Others', setup: [], exceptLanguages: [] },
        { id: 'programs', title: 'Programs', setup: [], exceptLanguages: ['command-file'] },
      ],
      checks: [
        check('plain', { alsoIn: ['others'] }),
        check('elsewhere', { variant: 'others' }),
        check('needs-it', { needs: ['elsewhere'] }),
        check('needs-that', { needs: ['needs-it'] }),
        check('here', { variant: 'programs', points: 2 }),
      ],
    };
    const live = liveGrader(grader);
    expect(live.checks.map(({ id }) => id)).toEqual(['plain', 'here']);
    expect(live.points).toBe(3);
    expect(live.checks[0]?.alsoIn).toEqual([]);
  });
});
