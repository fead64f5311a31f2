import { ungraded } from '../judging/report/judge.ts';
import type { Report } from '../judging/report/report.ts';
import type { GradedSubmission, ReportContext } from '../reports/formats/format.ts';
import { check, failed, report } from './report.ts';

const grader = {
  id: 'sessions/cantina',
  title: 'A session for the cantina',
  points: 20,
  setup: [],
  variants: [],
  checks: [],
};
const HOSTILE =
  '<script>alert(1)</script> ]]> & "q" `` ```\n::error::x\n##[set-output]\n@everyone [a](http://b) ![i](c) \u001b[31m\u202e\u0000';

/** What readers must be able to tell apart, and what they must not be fooled by. */
export const CASES = {
  passed: [graded(report({ checks: [check('one'), check('two', { score: 3, maxScore: 3 })] }))],
  part: [
    graded(
      report({
        checks: [
          check('one', { score: 2, maxScore: 2 }),
          failed(
            'ttl',
            {
              expected: 'a TTL of 3600 s (give or take 60 s)',
              actual: 'a TTL of 360 s',
              difference: 'ten times too short',
              commands: [
                { line: 2, command: 'HSET session:han_solo username hsolo', effect: null },
                { line: 3, command: 'EXPIRE session:han_solo 360', effect: 'set the TTL to 360 s' },
              ],
              hint: 'How long is an hour?',
              hints: 3,
            },
            { maxScore: 3 },
          ),
          check('later', {
            status: 'skipped',
            score: 0,
            variant: { id: 'more', title: 'more sessions' },
            failure: {
              expected: null,
              actual: 'needs “The check ttl holds” first',
              difference: null,
              commands: [],
              hint: null,
              hints: 0,
            },
          }),
        ],
        notes: ['Your script ended with exit code 1: Error: oh'],
      }),
    ),
  ],
  crash: [
    graded(
      report({
        causes: [
          {
            kind: 'crash',
            text: "Your script crashed at line 1: ModuleNotFoundError: No module named 'valkey'",
            line: 1,
            advice: 'Python has no package `valkey` here.',
          },
          { kind: 'refused', text: 'The server refused HSET: ERR wrong number of arguments' },
        ],
        nothingRan: true,
        checks: [
          failed('one', {}),
          failed('two', { expected: null, actual: 'needs “one” first' }, { status: 'skipped' }),
          failed('three', {}),
        ],
        notes: ['Something else.'],
      }),
    ),
  ],
  fractions: [
    graded(
      report({
        checks: [
          check('half', { score: 0.5, maxScore: 0.5 }),
          failed('one-and-a-half', {}, { maxScore: 1.5 }),
          check('two', { score: 2, maxScore: 2 }),
        ],
      }),
    ),
  ],
  failed: [graded(report({ checks: [failed('one', {}), failed('two', {}, { maxScore: 2 })] }))],
  error: [graded(ungraded(grader, 'error', 'No Docker engine answers: ENOENT\nStart Docker.'))],
  'check-error': [
    graded(
      report({
        status: 'error',
        score: null,
        checks: [
          check('one'),
          failed('broken', { expected: null, actual: 'the check itself failed: oh' }, { status: 'error' }),
        ],
        fault: 'A check of this grader failed to do its work. That is not your fault: please report it.',
      }),
    ),
  ],
  'not-started': [graded(ungraded(grader, 'not started', 'There is no script for sessions/cantina.'))],
  'not-gradable': [graded(ungraded(grader, 'not gradable', 'This challenge needs Valkey 8.1 or later.'))],
  several: [
    graded(report()),
    graded(ungraded({ ...grader, id: 'sessions/validation' }, 'not started', 'There is no script.')),
    graded(
      report({
        challenge: { id: 'queues/mission-queue', title: 'A queue' },
        checks: [failed('one', {}, { maxScore: 4 })],
      }),
    ),
  ],
  'several-with-error': [
    graded(report()),
    graded(ungraded({ ...grader, id: 'sessions/validation' }, 'error', 'No engine.')),
  ],
  hostile: [
    graded(
      report({
        submission: { script: 'so`lu|tion<b>.py', language: 'python' },
        checks: [
          check('fine'),
          failed('one', {
            actual: HOSTILE,
            difference: HOSTILE,
            commands: [{ line: 1, command: HOSTILE, effect: HOSTILE }],
          }),
        ],
        causes: [{ kind: 'crash', text: HOSTILE, advice: HOSTILE }],
        notes: [HOSTILE],
      }),
    ),
  ],
} satisfies Record<string, GradedSubmission[]>;

export type CaseName = keyof typeof CASES;
export const CASE_NAMES = Object.keys(CASES) as CaseName[];

/** What Classroom 50's runner sets. */
export const CLASSROOM50 = {
  CLASSROOM: 'valkey-2026',
  ASSIGNMENT: 'sessions',
  ASSIGNMENT_TYPE: 'individual',
  OWNER: 'hsolo',
  SUBMISSION_TAG: 'submit/20260601T143201Z-1a2b3c4',
  COMMIT_URL: 'https://example.org/commit',
  RELEASE_URL: 'https://example.org/release',
  REVIEW_URL: 'https://example.org/review',
};

export const CONTEXT: ReportContext = {
  now: new Date('2026-06-01T15:00:00.123Z'),
  environment: CLASSROOM50,
  commitDate: new Date('2026-06-01T16:32:01+02:00'),
  root: '/repository',
};

function graded(content: Report): GradedSubmission {
  const { submission, challenge } = content;
  const script = submission && `/repository/challenges/${challenge.id}/${submission.script}`;
  return { report: content, evidence: null, ...(script !== null && { script }) };
}
