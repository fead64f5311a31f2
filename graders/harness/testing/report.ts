import type { CheckReport, FailureReport, Report } from '../judging/report/report.ts';
import { REPORT_VERSION } from '../judging/report/version.ts';

/** A check that passed, unless said otherwise. */
export function check(id: string, options: Partial<CheckReport> = {}): CheckReport {
  return {
    id,
    title: `The check ${id} holds`,
    status: 'passed',
    score: 1,
    maxScore: 1,
    variant: null,
    failure: null,
    ...options,
  };
}

/** A check that failed. */
export function failed(
  id: string,
  failure: Partial<FailureReport>,
  options: Partial<CheckReport> = {},
): CheckReport {
  return check(id, {
    status: 'failed',
    score: 0,
    failure: {
      expected: 'this',
      actual: 'that',
      difference: null,
      commands: [],
      hint: null,
      hints: 0,
      ...failure,
    },
    ...options,
  });
}

/** A report on these checks. */
export function report(options: Partial<Report> = {}): Report {
  const checks = options.checks ?? [check('one'), check('two', { score: 2, maxScore: 2 })];
  return {
    version: REPORT_VERSION,
    challenge: { id: 'sessions/cantina', title: 'A session for the cantina' },
    status: checks.every(({ status }) => status === 'passed') ? 'passed' : 'failed',
    score: checks.reduce((sum, { score }) => sum + score, 0),
    maxScore: checks.reduce((sum, { maxScore }) => sum + maxScore, 0),
    submission: { script: 'solution.py', language: 'python' },
    environment: {
      engine: 'local',
      sandbox: 'process',
      image: null,
      server: { name: 'valkey', version: '8.1.1' },
    },
    checks,
    notes: [],
    fault: null,
    elapsedMs: 123,
    ...options,
  };
}
