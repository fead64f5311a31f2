import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import { PASS } from '../checks/finding.ts';
import type { Check } from '../grader.ts';
import { judge } from './judge.ts';

const FAILURE = { passed: false as const, expected: 'this', actual: 'that' };

describe('checks of runs on other data', () => {
  it('judges a check in the run of its variant', () => {
    const variants = [{ id: 'other', title: 'other numbers', setup: [], exceptLanguages: ['command-file'] }];
    const sees: Check['judge'] = (run) =>
      run.evidence.variant === 'other'
        ? PASS
        : { passed: false, expected: 'other', actual: String(run.evidence.variant) };
    const checks = [
      check('main', (run) => (run.evidence.variant === null ? PASS : FAILURE)),
      check('there', sees, { variant: 'other' }),
    ];
    const report = judge(grader(checks, { variants }), makeEvidence({ variants: { other: {} } }));
    expect(report.checks.map(({ status, variant }) => [status, variant])).toEqual([
      ['passed', null],
      ['passed', { id: 'other', title: 'other numbers' }],
    ]);

    const commandFile = makeEvidence({ language: 'command-file', variants: { other: {} } });
    expect(judge(grader(checks, { variants }), commandFile).checks[1]).toMatchObject({
      status: 'failed',
      variant: null,
      failure: { actual: 'null' },
    });
  });

  it('judges a check in other runs, too, and tells of the first that went wrong', () => {
    const variants = ['one', 'two', 'three'].map((id) => ({
      id,
      title: `${id} more`,
      setup: [],
      exceptLanguages: id === 'one' ? ['command-file'] : [],
    }));
    const passesIn = (...right: (string | null)[]): Check =>
      check(
        'a',
        (run) =>
          right.includes(run.evidence.variant)
            ? PASS
            : { passed: false, expected: 'right', actual: String(run.evidence.variant) },
        { alsoIn: ['one', 'two'] },
      );
    const judged = (right: (string | null)[], language = 'bash') =>
      judge(
        grader([passesIn(...right)], { variants }),
        makeEvidence({ language, variants: { one: {}, two: {}, three: {} } }),
      ).checks[0];
    expect(judged([null, 'one', 'two'])).toMatchObject({ status: 'passed', variant: null });
    expect(judged(['one', 'two'])).toMatchObject({ status: 'failed', variant: null });
    expect(judged([null, 'one'])).toMatchObject({
      status: 'failed',
      variant: { id: 'two' },
      failure: { actual: 'two' },
    });
    expect(judged([null, 'two'], 'command-file')).toMatchObject({ status: 'passed' });
  });

  it('reports evidence that lacks the run of a variant as an error', () => {
    const variants = [{ id: 'other', title: 'other numbers', setup: [], exceptLanguages: [] }];
    const report = judge(grader([check('a', undefined, { variant: 'other' })], { variants }), makeEvidence());
    expect(report.status).toBe('error');
    expect(report.checks[0]?.failure?.actual).toBe('the evidence holds no run of the variant other');
  });
});
