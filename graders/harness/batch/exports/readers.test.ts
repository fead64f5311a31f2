import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { batchResults, type MadeUp } from '../../testing/batch-results.ts';
import { canvasImport } from '../../testing/canvas-import.ts';
import { type MoodleImport, moodleImport } from '../../testing/moodle-import.ts';
import { phpCsv } from '../../testing/php-csv.ts';
import { check, failed, report } from '../../testing/report.ts';
import { canvasCsv } from './canvas.ts';
import { githubClassroomCsv } from './github-classroom.ts';
import { moodleCsv } from './moodle.ts';
import { resultsCsv } from './results-csv.ts';

/** What a name can be that a reader may stumble over. */
const HARD = [
  'C:\\',
  'a, b\\',
  'a "b\\" c',
  'a;\\\\',
  '\\"',
  '=1+1',
  '+1,"-1"',
  '\t@x',
  'two\nlines\r',
  'nul\u0000 bom\ufeff',
  'Jürgen Größe, Zoë',
  "'",
  '"',
  ',;',
  ' blanks ',
  'Points Possible',
  '',
];

const half = report({ checks: [check('one'), failed('two', {}, { maxScore: 2 })] });
const broken = report({ status: 'error', score: null, checks: [], fault: 'oh' });
const tooOld = report({ status: 'not gradable', score: null, checks: [], fault: 'too old' });
const CHALLENGES = ['sessions/cantina', 'sessions/validation'];
/** Who passed, who is not graded in part or at all, strangers to the roster between, and somebody who is absent. */
const CLASS: MadeUp[] = [
  { id: 'ana', reports: [report(), half] },
  { id: 'stray', learner: null, reports: [half, half] },
  { id: 'ben', reports: [broken, half] },
  { id: 'eve', reports: [tooOld, null] },
  ...HARD.map((name, index): MadeUp => ({ id: `hard-${index}`, learner: { name }, reports: [half, half] })),
  { id: 'gone', reports: null },
];
const address = (id: string) => `${id}@example.edu`;
const USERS = CLASS.filter(({ learner }) => learner !== null).map(({ id }) => address(id));
const ITEMS = ['Grade', ...CHALLENGES.map((id) => `The challenge ${id} (${id})`)];

describe('every CSV file', () => {
  const results = batchResults(CLASS, CHALLENGES);
  const files = { canvasCsv, githubClassroomCsv, moodleCsv, resultsCsv };

  it.each(Object.keys(files) as (keyof typeof files)[])('is read alike by PHP and by others: %s', (name) => {
    const text = files[name](results);
    expect(text.split('\n').length - 1).toBe(parse(text).length);
    expect(phpCsv(text.replace(/^\ufeff/, ''))).toEqual(parse(text, { bom: true }));
  });
});

describe("moodle.csv, read by Moodle's rules", () => {
  const asked = (version: MoodleImport['version'], by = 'Email address'): MoodleImport => ({
    by,
    users: USERS,
    items: ITEMS,
    version,
  });

  it.each(['5.0', '5.1'] as const)('gives each learner their own grades, of 100, in Moodle %s', (version) => {
    const file = moodleCsv(batchResults(CLASS, CHALLENGES));
    const grades = moodleImport(file, asked(version));
    expect(grades).toEqual(
      new Map<string, (number | null)[]>([
        [address('ana'), [66.66667, 100, 33.33333]],
        [address('ben'), [null, null, 33.33333]],
        [address('eve'), [null, null, null]],
        [address('gone'), [0, 0, 0]],
        ...HARD.map(
          (_, index) => [address(`hard-${index}`), [33.33333, 33.33333, 33.33333]] as [string, number[]],
        ),
      ]),
    );
    expect(moodleImport(file, asked(version, 'Identifier'))).toEqual(grades);
  });

  it('has no column of addresses where somebody has none', () => {
    const people: MadeUp[] = [
      { id: 'ana', reports: [report()] },
      { id: 'ben', learner: { identifier: '4711' }, reports: [half] },
      { id: 'eve', learner: { identifier: '+4712' }, reports: [broken] },
    ];
    const file = moodleCsv(batchResults(people));
    const users = [address('ana'), '4711', '+4712'];
    for (const version of ['5.0', '5.1'] as const) {
      const request = { users, items: ['Grade'], version };
      expect(moodleImport(file, { ...request, by: 'Email address' })).toHaveProperty('refused');
      expect(moodleImport(file, { ...request, by: 'Identifier' })).toEqual(
        new Map<string, (number | null)[]>([
          [address('ana'), [100]],
          ['4711', [33.33333]],
          ['+4712', [null]],
        ]),
      );
    }
  });

  it('has everybody by the name of their submission where there is no roster', () => {
    const people = ['ana', 'ben'].map((id): MadeUp => ({ id, learner: null, reports: [report()] }));
    const request = { by: 'Identifier', users: ['ana', 'ben'], items: ['Grade'], version: '5.1' } as const;
    expect(moodleImport(moodleCsv(batchResults(people)), request)).toEqual(
      new Map([
        ['ana', [100]],
        ['ben', [100]],
      ]),
    );
  });
});

describe("canvas.csv, read by Canvas' rules", () => {
  it('gives each learner their own grades, and each assignment its points', () => {
    const { assignments, students } = canvasImport(canvasCsv(batchResults(CLASS, CHALLENGES)));
    expect(assignments).toEqual(ITEMS.slice(1).map((title) => ({ title, points: '3' })));
    expect(students.map(({ ids, grades }) => [ids[1], ...grades])).toEqual([
      [address('ana'), '3', '1'],
      [address('ben'), null, '1'],
      [address('eve'), null, null],
      ...HARD.map((_, index) => [address(`hard-${index}`), '1', '1']),
      [address('gone'), '0', '0'],
    ]);
  });

  it('has a column for a challenge with the name of a sum', () => {
    const results = batchResults([{ id: 'ana', reports: [report()] }]);
    const challenges = results.challenges.map((one) => ({ ...one, title: 'The Final Score; a ranking' }));
    const { assignments, students } = canvasImport(canvasCsv({ ...results, challenges }));
    expect(assignments).toEqual([{ title: 'sessions/cantina', points: '3' }]);
    expect(students[0]?.grades).toEqual(['3']);
  });
});
