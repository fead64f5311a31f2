import { PASS } from '../judging/checks/finding.ts';
import type { Check, Grader } from '../judging/grader.ts';

/** A check that passes, unless said otherwise. */
export function check(
  id: string,
  judgeRun: Check['judge'] = () => PASS,
  options: Partial<Check> = {},
): Check {
  return {
    id,
    title: `The check ${id} holds`,
    points: 1,
    needs: [],
    variant: null,
    hints: ['a nudge', 'a push'],
    keys: [],
    judge: judgeRun,
    ...options,
  };
}

/** A grader of these checks. */
export function grader(checks: Check[], options: Partial<Grader> = {}): Grader {
  return {
    id: 'mission/challenge',
    title: 'A challenge',
    points: checks.reduce((sum, { points }) => sum + points, 0),
    setup: [],
    variants: [],
    checks,
    ...options,
  };
}
