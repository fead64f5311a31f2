import { expect, it } from 'vitest';
import { sumOf } from '../../judging/points.ts';
import { seeded } from '../../testing/batch.ts';
import { CONTEXT } from '../../testing/format-cases.ts';
import { check, report } from '../../testing/report.ts';
import { classroom50Format } from './classroom50.ts';
import { type GradedSubmission, totalOf } from './format.ts';
import { gradescopeFormat } from './gradescope.ts';

/** Submissions of many points: whole ones, fractions, and what hints left of them. */
function* randomSubmissions(): Generator<GradedSubmission[]> {
  const random = seeded(1977);
  for (let round = 0; round < 200; round += 1) {
    const grain = [1, 0.5, 0.1, 0.05, 0.35, 2.5][round % 6] ?? 1;
    yield Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      const checks = Array.from({ length: 1 + Math.floor(random() * 9) }, (_, index) => {
        const steps = Math.ceil(random() * 6);
        const gained = Math.floor(random() * (steps + 1));
        const points = { score: sumOf([gained * grain]), maxScore: sumOf([steps * grain]) };
        return check(`c${index}`, { ...points, status: gained > 0 ? 'passed' : 'failed' });
      });
      const sums = {
        score: sumOf(checks.map(({ score }) => score)),
        maxScore: sumOf(checks.map(({ maxScore }) => maxScore)),
      };
      return { report: report({ checks, ...sums }), evidence: null };
    });
  }
}

it('is the same to Classroom 50, which adds up whole numbers', () => {
  for (const submissions of randomSubmissions()) {
    const [file] = classroom50Format.files(submissions, 'result.json', CONTEXT);
    const result = JSON.parse(String(file?.content)) as Record<'score' | 'max-score', number> & {
      tests: Record<'score' | 'max-score', number>[];
    };
    for (const name of ['score', 'max-score'] as const) {
      expect(result[name]).toBe(result.tests.reduce((sum, test) => sum + test[name], 0));
      expect(Number.isSafeInteger(result[name])).toBe(true);
    }
    const { score, maxScore } = totalOf(submissions);
    expect(result.score * maxScore).toBeCloseTo(score * result['max-score'], 6);
  }
});

it('is told to Gradescope, which then adds up nothing', () => {
  for (const submissions of randomSubmissions()) {
    const [file] = gradescopeFormat.files(submissions, 'results.json', CONTEXT);
    const { score, tests } = JSON.parse(String(file?.content)) as {
      score: number;
      tests: { score: number }[];
    };
    expect(score).toBe(totalOf(submissions).score);
    expect(score).toBe(sumOf(tests.map((test) => test.score)));
  }
});
