import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { batchResults } from '../../testing/batch-results.ts';
import { check, failed, report } from '../../testing/report.ts';
import { canvasCsv } from './canvas.ts';
import { csv } from './csv.ts';
import { githubClassroomCsv } from './github-classroom.ts';
import { moodleCsv } from './moodle.ts';
import { resultsCsv } from './results-csv.ts';

const half = report({ checks: [check('one'), failed('two', {}, { maxScore: 2 })] });
const broken = report({ status: 'error', score: null, fault: 'oh' });
const RESULTS = batchResults(
  [
    { id: 'ana', learner: { name: 'Ana, née Silva' }, reports: [report(), half], late: 90 },
    { id: 'ben', learner: { identifier: '4711', name: '=1+1' }, reports: [broken, null], late: 0 },
    { id: '-stray', learner: null, reports: [half, half] },
    { id: 'gone', learner: { name: '@SUM(A1)' }, reports: null },
  ],
  ['sessions/cantina', 'sessions/validation'],
);
const read = (text: string): string[][] => parse(text, { bom: true });

describe('csv', () => {
  it.each(['=1', '+1', '-1', '@a', '\t=1', '\r=1', ' =1', '\u00a0=1', '＝1'])(
    'makes no formula of %j',
    (text) => {
      expect(read(csv([[text]]))[0]?.[0]).toMatch(/^['\\]/);
    },
  );

  it('leaves numbers and other texts alone', () => {
    expect(csv([[-1, 0, null, 'a-b', 'a;b', 'a,b', '"']])).toBe('-1,0,,a-b,"a;b","a,b",""""\n');
  });
});

describe('resultsCsv', () => {
  it('has a row for everybody, and no points where they are not known', () => {
    const [header, ...rows] = read(resultsCsv(RESULTS));
    expect(header?.slice(-5)).toEqual([
      'sessions/cantina status',
      'sessions/cantina points',
      'sessions/validation status',
      'sessions/validation points',
      'reason',
    ]);
    const commit = '1a2b3c4'.padEnd(40, '0');
    const date = '2026-06-01T14:32:01Z';
    expect(rows).toEqual([
      // biome-ignore format: a row as it is read.
      ['ana@example.edu', 'ana', '', 'Ana, née Silva', 'ana', 'in part', '4', '6', commit, date, '90', 'passed', '3', 'failed', '1', ''],
      // biome-ignore format: a row as it is read.
      ['4711', 'ben', '', "'=1+1", 'ben', 'error', '', '6', commit, date, '0', 'error', '', 'pending', '', 'sessions/cantina: oh · sessions/validation: not graded yet'],
      // biome-ignore format: a row as it is read.
      ['', '', '', '', "'-stray", 'failed', '2', '6', '', '', '', 'failed', '1', 'failed', '1', ''],
      // biome-ignore format: a row as it is read.
      ['gone@example.edu', 'gone', '', "'@SUM(A1)", '', 'not submitted', '0', '6', '', '', '', 'not submitted', '0', 'not submitted', '0', ''],
    ]);
  });
});

describe('canvasCsv', () => {
  it('has the columns that Canvas reads, and the points to gain in the second row', () => {
    const [first, second] = ['sessions/cantina', 'sessions/validation'];
    expect(read(canvasCsv(RESULTS))).toEqual([
      // biome-ignore format: a row as it is read.
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', `The challenge ${first} (${first})`, `The challenge ${second} (${second})`],
      ['    Points Possible', '', '', '', '', '3', '3'],
      ['Ana, née Silva', '', '', 'ana@example.edu', '', '3', '1'],
      ["'=1+1", '', '4711', '4711', '', '', ''],
      ["'@SUM(A1)", '', '', 'gone@example.edu', '', '0', '0'],
    ]);
  });
});

describe('moodleCsv', () => {
  it('has a grade of 100 for all challenges and for each, and says what is left', () => {
    const [header, ana, ben, gone, ...others] = read(moodleCsv(RESULTS));
    expect(others).toEqual([]);
    expect(header).toEqual([
      'Identifier',
      'Full name',
      'Status',
      'Grade',
      'Maximum Grade',
      'The challenge sessions/cantina (sessions/cantina)',
      'The challenge sessions/validation (sessions/validation)',
      'Feedback comments',
    ]);
    expect(ana).toEqual([
      'ana@example.edu',
      'Ana, née Silva',
      'Submitted for grading (late)',
      '66.66667',
      '100',
      '100',
      '33.33333',
      'sessions/cantina: passed, 3 of 3 · sessions/validation: not passed yet, 1 of 3; to go: The check two holds',
    ]);
    expect(ben?.slice(2)).toEqual([
      'Submitted for grading',
      '-',
      '100',
      '-',
      '-',
      'sessions/cantina: not graded, no points lost · sessions/validation: not graded, no points lost',
    ]);
    expect(gone?.slice(2, 5)).toEqual(['No submission', '0', '100']);
  });

  it('keeps the titles of checks apart, whatever commas are in them', () => {
    const titles = ['Name, species and table are right', 'Read, then paid'];
    const checks = titles.map((title) => ({ ...failed('one', {}), title }));
    const left = report({ status: 'failed', checks });
    const results = batchResults([{ id: 'ana', learner: {}, reports: [left] }], ['sessions/cantina']);
    expect(read(moodleCsv(results))[1]?.at(-1)).toMatch(
      /; to go: Name, species and table are right; Read, then paid$/,
    );
  });
});

describe('githubClassroomCsv', () => {
  it('has a row for each submitter and challenge', () => {
    const rows: Record<string, string>[] = parse(githubClassroomCsv(RESULTS), { columns: true });
    expect(rows).toHaveLength(8);
    expect(rows[0]).toEqual({
      assignment_name: 'sessions/cantina',
      assignment_url: '',
      starter_code_url: '',
      github_username: 'ana',
      roster_identifier: 'ana@example.edu',
      student_repository_name: 'cantina-ana',
      student_repository_url: '',
      submission_timestamp: '2026-06-01T14:32:01Z',
      points_awarded: '3',
      points_available: '3',
    });
    expect(rows.map((row) => row.points_awarded)).toEqual(['3', '', '1', '0', '1', '', '1', '0']);
  });
});
