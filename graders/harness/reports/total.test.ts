import { expect, it } from 'vitest';
import { CASE_NAMES, CASES, CONTEXT } from '../testing/format-cases.ts';
import { consoleReports } from './console.ts';
import { REPORT_FORMATS } from './formats/index.ts';
import { totalWords } from './total.ts';

it('is the rounded sum', () => {
  const thirds = [0.1, 0.2, 0.7].map((score) => ({ score, maxScore: 1 }));
  expect(totalWords(thirds)).toBe('1 of 3 points');
  expect(totalWords([{ score: 1, maxScore: 1 }])).toBe('1 of 1 point');
});

it('is none where something was not graded', () => {
  expect(totalWords([{ score: null, maxScore: 20 }])).toBe('not graded: no points lost');
  expect(
    totalWords([
      { score: null, maxScore: 20 },
      { score: 30, maxScore: 30 },
    ]),
  ).toBe('no total: 1 challenge not graded');
});

it.each(CASE_NAMES.filter((name) => CASES[name].some(({ report }) => report.score === null)))(
  'stands in no report of the case %s',
  async (name) => {
    // Twice the same, for what is only told of several.
    for (const submissions of [CASES[name], [...CASES[name], ...CASES[name]]]) {
      const points = submissions.reduce((sum, { report }) => sum + report.maxScore, 0);
      const texts = [
        consoleReports(
          submissions.map(({ report }) => report),
          false,
        ),
      ];
      for (const { load } of Object.values(REPORT_FORMATS))
        for (const { content } of (await load()).files(submissions, 'report', CONTEXT)) texts.push(content);
      for (const text of texts)
        expect(text.replaceAll(/<\/?strong>/g, '')).not.toMatch(new RegExp(`\\d of ${points} points`));
    }
  },
);
