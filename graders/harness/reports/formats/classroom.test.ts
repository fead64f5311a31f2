import { describe, expect, it } from 'vitest';
import { seeded } from '../../testing/batch.ts';
import { CASE_NAMES, CASES } from '../../testing/format-cases.ts';
import { check, failed, report } from '../../testing/report.ts';
import { classroomDocument } from './classroom.ts';
import { RESULT_BYTES } from './classroom-document.ts';
import { documentOfResult, readAsReporter } from './contracts/autograding-reporter.ts';
import { type GradedSubmission, publishedTotal, totalOf } from './format.ts';

const encoded = (submissions: readonly GradedSubmission[], maxScore: number | null = null) =>
  Buffer.from(classroomDocument(submissions, maxScore)).toString('base64');

const graded = CASE_NAMES.filter((name) => !/error|gradable/.test(name));

describe('what the reporter reads', () => {
  it.each(graded)('says our score in both figures in the case %s', (name) => {
    const { score, maxScore } = totalOf(CASES[name]);
    const outcome = readAsReporter(encoded(CASES[name]));
    expect(outcome.table).toEqual({ score, maxScore });
    expect(outcome.notice).toBe(`Points ${score}/${maxScore}`);
    expect(outcome.failure).toBe(score === maxScore ? null : 'Some tests failed.');
  });

  it.each(graded)('is scaled to the points that a teacher gives in the case %s', (name) => {
    const { score } = publishedTotal(CASES[name], 100);
    const { table, sent } = readAsReporter(encoded(CASES[name], 100));
    expect(sent).toEqual({ totalPoints: score, maxPoints: 100 });
    expect(table.score).toBeCloseTo(score, 3);
  });

  it.each(['error', 'check-error', 'not-gradable', 'several-with-error'] as const)(
    'sends no points in the case %s',
    (name) => {
      const outcome = readAsReporter(encoded(CASES[name]));
      expect(outcome).toMatchObject({ sent: null, table: { score: 0 }, failure: 'Some tests errored.' });
      expect(outcome.log).toMatch(/^Error: .+/);
    },
  );

  it('prints a story once, and no command to the runner', () => {
    const { log } = readAsReporter(encoded(CASES.hostile));
    expect(log.match(/found:/g)).toHaveLength(1);
    expect(log).not.toMatch(/^\s*::/m);
    expect(log).not.toContain('##[');
  });

  it('sums up to the total for points of any kind', () => {
    const random = seeded(370);
    for (let round = 0; round < 300; round += 1) {
      const grain = [1, 0.5, 0.1, 0.25, 0.05, 0.7][round % 6] ?? 1;
      const submissions = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, at) =>
        submission(
          at,
          Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index) => {
            const maxScore = Math.ceil(random() * 8) * grain;
            return random() < 0.6
              ? check(`c${index}`, { score: maxScore, maxScore })
              : failed(`c${index}`, {}, { maxScore });
          }),
        ),
      );
      const maxScore = [null, 100, 7, 10, 12.5][round % 5] ?? null;
      const expected = publishedTotal(submissions, maxScore);
      const { sent } = readAsReporter(encoded(submissions, maxScore));
      expect(sent).toEqual({ totalPoints: expected.score, maxPoints: expected.maxScore });
    }
  });
});

/** A challenge of many. */
function submission(at: number, checks: ReturnType<typeof check>[], texts: object = {}): GradedSubmission {
  const challenge = { id: `rate-limiters/challenge-${at}`, title: `The challenge ${at}` };
  return { report: report({ challenge, checks: checks as never, ...texts }), evidence: null };
}

const UNICODE = '🚀 naïve – “Übergröße”\u0007\ud800 ';
const HOSTILE = '::error::x\n##[set-output]"\\\n\u001b[31m';

describe('the room that the result may take', () => {
  /** As many as there are, each with its checks failed: texts of so many characters. */
  const allFailed = (challenges: number, length: number, text: string) =>
    Array.from({ length: challenges }, (_, at) =>
      submission(
        at,
        Array.from({ length: 12 }, (_, index) =>
          failed(
            `c${index}`,
            {
              expected: text.repeat(length / text.length),
              actual: text.repeat(index === 0 ? 1 : length / text.length),
              hint: text,
              hints: 3,
            },
            { maxScore: 1, title: `${'A title that has quite some words in it '.repeat(2)}${index}` },
          ),
        ),
      ),
    );

  it.each([
    ['31 challenges', 31, 600, 'words '],
    ['31 challenges with the longest texts', 31, 60_000, 'words '],
    ['hostile texts', 31, 20_000, HOSTILE],
    ['texts that are no plain letters', 31, 20_000, UNICODE],
    ['300 challenges', 300, 2_000, UNICODE],
  ])('is enough for %s, all failed', (_, challenges, length, text) => {
    const submissions = allFailed(challenges, length, text);
    const result = encoded(submissions, 100);
    expect(result.length).toBeLessThanOrEqual(RESULT_BYTES);
    const { sent, log, failure } = readAsReporter(result);
    expect({ sent, failure }).toEqual({
      sent: { totalPoints: 0, maxPoints: 100 },
      failure: 'Some tests failed.',
    });
    expect(log).not.toMatch(/^\s*::/m);
    if (challenges > 100) return;
    const { tests } = documentOfResult(result);
    expect(tests).toHaveLength(challenges * 12);
    // What is cut says so, and short stories come first.
    const stories = tests.map(({ test_code = '' }) => test_code);
    expect(stories.every((story) => story !== '')).toBe(true);
    const cut = stories.filter((story) => story.includes('cut: see the grading step'));
    expect(cut.length).toBeGreaterThan(0);
    expect(result.length).toBeGreaterThan(RESULT_BYTES * 0.9);
    expect(JSON.stringify(tests)).not.toMatch(/\\ud[89a-f]/);
  });

  it('is enough for faults, too', () => {
    const faults = Array.from({ length: 400 }, (_, at) =>
      submission(at, [], { status: 'error', score: null, fault: UNICODE.repeat(200), maxScore: 10 }),
    );
    for (const some of [faults.slice(0, 31), faults, [...faults, ...faults, ...faults]]) {
      const result = encoded(some);
      expect(result.length).toBeLessThanOrEqual(RESULT_BYTES);
      expect(readAsReporter(result)).toMatchObject({ sent: null, failure: 'Some tests errored.' });
    }
  });

  it('is enough for points of which only a crumb divides all', () => {
    const submissions = [
      submission(0, [
        check('one', { score: 6.666_667, maxScore: 10 }),
        check('two', { score: 123.456_789, maxScore: 200 }),
      ]),
    ];
    const result = encoded(submissions);
    expect(result.length).toBeLessThanOrEqual(RESULT_BYTES);
    expect(documentOfResult(result).tests.map(({ status }) => status)).toEqual(['pass', 'pass']);
    expect(readAsReporter(result).notice).toBe('Points 130.123456/210');
  });

  it('is left alone where all words fit', () => {
    const { tests } = documentOfResult(encoded(CASES.part));
    expect(JSON.stringify(tests)).not.toContain('cut:');
    expect(tests[0]).toEqual({
      name: 'The check one holds (1/2)',
      status: 'pass',
      score: 1,
      message: '',
      test_code: '',
      filename: '',
      line_no: 0,
      duration: 0,
    });
  });
});
