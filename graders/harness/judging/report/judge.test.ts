import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { ExitCode } from '../../base/errors.ts';
import { makeEvidence } from '../../testing/evidence.ts';
import { check, grader } from '../../testing/grader.ts';
import type { Finding } from '../checks/finding.ts';
import type { Check, Grader } from '../grader.ts';
import { exitCodeOf, judge, ungraded } from './judge.ts';
import { reportSchema } from './schema.ts';

const FAILURE: Finding = {
  passed: false,
  expected: 'this',
  actual: 'that',
  difference: 'another word',
  commands: [{ line: 3, command: 'DEL x', effect: 'removed the key and its TTL' }],
};

const broken = () => {
  throw new Error('oh no');
};
const fails = () => FAILURE;
const statuses = (checks: Check[], options?: Partial<Grader>) =>
  judge(grader(checks, options), makeEvidence()).checks.map(({ id, status }) => `${id}: ${status}`);

const validate = new Ajv.default({ allowUnionTypes: true }).compile(reportSchema());

describe('judge', () => {
  it('passes a submission of which every check passes', () => {
    const report = judge(grader([check('a'), check('b', undefined, { points: 2 })]), makeEvidence());
    expect(report).toMatchObject({
      version: 1,
      challenge: { id: 'mission/challenge', title: 'A challenge' },
      status: 'passed',
      score: 3,
      maxScore: 3,
      submission: { script: 'solution.py', language: 'python' },
      notes: expect.any(Array),
      fault: null,
      elapsedMs: 40,
    });
    expect(report.checks).toEqual([
      {
        id: 'a',
        title: 'The check a holds',
        status: 'passed',
        score: 1,
        maxScore: 1,
        variant: null,
        failure: null,
      },
      {
        id: 'b',
        title: 'The check b holds',
        status: 'passed',
        score: 2,
        maxScore: 2,
        variant: null,
        failure: null,
      },
    ]);
  });

  it('carries what a failed check found, and its first hint', () => {
    const report = judge(grader([check('a', fails), check('b')]), makeEvidence());
    expect(report).toMatchObject({ status: 'failed', score: 1, maxScore: 2 });
    expect(report.checks[0]).toMatchObject({
      status: 'failed',
      score: 0,
      failure: {
        expected: 'this',
        actual: 'that',
        difference: 'another word',
        commands: [{ line: 3, command: 'DEL x', effect: 'removed the key and its TTL' }],
        hint: 'a nudge',
        hints: 2,
      },
    });
  });

  it('skips what needs a check that did not pass, and what needs that in turn', () => {
    const checks = [
      check('a', fails),
      check('b'),
      check('c', undefined, { needs: ['b', 'a'] }),
      check('d', broken, { needs: ['c'] }),
      check('e', undefined, { needs: ['b'] }),
    ];
    expect(statuses(checks)).toEqual(['a: failed', 'b: passed', 'c: skipped', 'd: skipped', 'e: passed']);
    const report = judge(grader(checks), makeEvidence());
    expect(report).toMatchObject({ status: 'failed', score: 2 });
    expect(report.checks[2]?.failure).toEqual({
      expected: null,
      actual: 'needs “The check a holds” first',
      difference: null,
      commands: [],
      hint: null,
      hints: 0,
    });
  });

  it('gives no score where a check itself fails, and keeps the others’ verdicts', () => {
    const report = judge(grader([check('a', broken), check('b'), check('c', fails)]), makeEvidence());
    expect(report).toMatchObject({
      status: 'error',
      score: null,
      maxScore: 3,
      fault: expect.stringMatching(/not your fault/),
    });
    expect(report.checks.map(({ status }) => status)).toEqual(['error', 'passed', 'failed']);
    expect(report.checks[0]?.failure).toMatchObject({
      actual: 'the check itself failed: oh no',
      hint: null,
      hints: 0,
    });
    expect(exitCodeOf(report)).toBe(ExitCode.infrastructure);
  });

  it('sums points without the dust of binary fractions', () => {
    const tenth = { points: 0.1 };
    const report = judge(
      grader([check('a', undefined, tenth), check('b', undefined, tenth), check('c', undefined, tenth)], {
        points: 0.3,
      }),
      makeEvidence(),
    );
    expect(report.score).toBe(0.3);
  });

  it('passes no check where the script took the server away', () => {
    const evidence = makeEvidence();
    for (const run of evidence.runs) run.lost = 'out of memory';
    const report = judge(grader([check('absent')]), evidence);
    expect(report).toMatchObject({ status: 'failed', score: 0 });
    expect(report.checks[0]?.failure?.expected).toBe('a server that still answers');
  });

  it('prints no control characters of the script’s name', () => {
    const report = judge(grader([check('a')]), makeEvidence({ name: 'solution\u001b[2J.py' }));
    expect(report.submission?.script).toBe('solution\\x1b[2J.py');
  });

  it('gives the same report again', () => {
    const evidence = makeEvidence({ commands: ['SET a 1'], stdout: 'x' });
    const checks = grader([check('a', fails), check('b', broken), check('c', undefined, { needs: ['a'] })]);
    expect(JSON.stringify(judge(checks, evidence))).toBe(
      JSON.stringify(judge(checks, structuredClone(evidence))),
    );
  });
});

describe('a challenge that needs a certain version', () => {
  const { environment, ...rest } = makeEvidence();
  const on = (name: string, version: string, minVersion: string) =>
    judge(grader([check('a')], { minVersion }), {
      ...rest,
      environment: { ...environment, server: { name, version } },
    });

  it.each([
    ['8.1.0', '8.1'],
    ['8.1.1', '8.0'],
    ['9.0.0', '8.1'],
    ['8.10.2', '8.9'],
  ])('is graded on Valkey %s where it needs %s', (version, least) => {
    expect(on('valkey', version, least)).toMatchObject({ status: 'passed', score: 1, fault: null });
  });

  it.each([
    ['valkey', '8.0.9', '8.1'],
    ['valkey', '7.2.8', '8.1'],
    ['valkey', '8.9.0', '8.10'],
    ['redis', '8.2.0', '8.1'],
  ])('is not gradable on %s %s where it needs %s, and loses no points', (name, version, least) => {
    const report = on(name, version, least);
    expect(report).toMatchObject({
      status: 'not gradable',
      score: null,
      checks: [],
      fault: `This challenge needs Valkey ${least} or later, and the grading server is ${name} ${version}. That is not your fault.`,
    });
    expect(exitCodeOf(report)).toBe(ExitCode.infrastructure);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe('exitCodeOf', () => {
  it.each([
    [ExitCode.passed, judge(grader([check('a')]), makeEvidence())],
    [ExitCode.failed, judge(grader([check('a', fails)]), makeEvidence())],
    [ExitCode.usage, ungraded(grader([check('a')]), 'not started', 'no script')],
    [ExitCode.infrastructure, ungraded(grader([check('a')]), 'error', 'no engine')],
  ])('is %i', (code, report) => {
    expect(exitCodeOf(report)).toBe(code);
  });
});

describe('ungraded', () => {
  it('loses no points where the fault is not the learner’s, and has none where nothing was written', () => {
    const graded = grader([check('a', undefined, { points: 5 })]);
    expect(ungraded(graded, 'error', 'no engine')).toMatchObject({
      status: 'error',
      score: null,
      maxScore: 5,
      fault: 'no engine',
    });
    expect(ungraded(graded, 'not started', 'no script')).toMatchObject({
      status: 'not started',
      score: 0,
      maxScore: 5,
    });
  });
});
