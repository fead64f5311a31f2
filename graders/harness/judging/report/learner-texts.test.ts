import { describe, expect, it } from 'vitest';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import { judge } from './judge.ts';

const FAILURE = { passed: false as const, expected: 'this', actual: 'that' };

describe('the texts of a report', () => {
  it('keeps the command that solves a check from learners until they took a hint of it', () => {
    const secret = () => ({ ...FAILURE, beforeHints: 'a command' });
    const hints = ['a nudge', 'more'];
    const judged = grader([check('a', secret, { hints })]);
    const failureWith = (taken: object) => judge(judged, { ...makeEvidence(), ...taken }).checks[0]?.failure;
    expect(failureWith({})).toMatchObject({ expected: 'this', expectedBeforeHints: 'a command' });
    expect(failureWith({ freeHints: { b: 1 } })).toMatchObject({ expectedBeforeHints: 'a command' });
    for (const taken of [{ freeHints: { a: 1 } }, { hints: { a: 1 } }]) {
      expect(failureWith(taken)).toMatchObject({ expected: 'this' });
      expect(failureWith(taken)).not.toHaveProperty('expectedBeforeHints');
    }
  });

  it('takes no points for hints that were free when they were taken', () => {
    const judged = grader([check('a', undefined, { points: 2, hints: ['a nudge', 'more'] })], {
      hints: { cost: 1 },
    });
    expect(judge(judged, { ...makeEvidence(), freeHints: { a: 1 } }).score).toBe(2);
    expect(judge(judged, { ...makeEvidence(), hints: { a: 1 } }).score).toBe(1);
  });

  it('tells a misspelt key once', () => {
    const missing = () => ({ ...FAILURE, actual: 'no such key; yours is called sesion:han' });
    const report = judge(grader([check('a', missing), check('b'), check('c', missing)]), makeEvidence());
    expect(report.checks.map(({ failure }) => failure?.actual)).toEqual([
      'no such key; yours is called sesion:han',
      undefined,
      'no such key',
    ]);
  });
});
