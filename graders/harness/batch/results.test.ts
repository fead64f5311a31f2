import { describe, expect, it } from 'vitest';
import { ungraded } from '../judging/report/judge.ts';
import { CHALLENGE, manifest, record } from '../testing/batch.ts';
import { report } from '../testing/report.ts';
import { resultsOf } from './results.ts';

const chewie = { identifier: 'chewie@falcon', username: null, githubId: null, name: 'Chewbacca' };
const two = [
  { id: CHALLENGE, title: 'A session', points: 3 },
  { id: 'queues/monitoring', title: 'Queues', points: 0.2 },
];
const class2 = manifest(['han', 'leia'], { challenges: two, notSubmitted: [chewie] });
const grader = { id: CHALLENGE, title: 'A session', points: 3, setup: [], variants: [], checks: [] };

describe('resultsOf', () => {
  it('has a row for each submitter and a cell for each challenge, in the order of the batch', () => {
    const records = [
      record('leia', { challenge: 'queues/monitoring', report: report({ score: 0.2, maxScore: 0.2 }) }),
      record('han'),
      record('leia', { report: report({ score: 0.1 }) }),
    ];
    const { rows } = resultsOf(class2, records);
    expect(rows.map(({ id, score, maxScore }) => [id, score, maxScore])).toEqual([
      ['han', null, 3.2],
      ['leia', 0.3, 3.2],
      ['chewie@falcon', 0, 3.2],
    ]);
    expect(rows.map(({ cells }) => cells.map(({ status }) => status))).toEqual([
      ['passed', 'pending'],
      ['passed', 'passed'],
      ['not submitted', 'not submitted'],
    ]);
    expect(resultsOf(class2, [...records].reverse())).toEqual(resultsOf(class2, records));
  });

  it('has no sum where something could not be graded, and zero points for what was not begun', () => {
    const of = (status: 'error' | 'not started') =>
      record('han', { report: ungraded(grader, status, 'why') });
    const [row] = resultsOf(manifest(['han']), [of('error')]).rows;
    expect(row).toMatchObject({ score: null, cells: [{ status: 'error', score: null }] });
    const [other] = resultsOf(manifest(['han']), [of('not started')]).rows;
    expect(other).toMatchObject({ score: 0, cells: [{ status: 'not started', score: 0 }] });
  });

  it('has no points for a learner whose repository could not be had', () => {
    const missed = manifest(['han'], { faults: [{ id: 'chewie', reason: 'no such host', learner: chewie }] });
    const [, row] = resultsOf(missed, [record('han')]).rows;
    expect(row).toMatchObject({
      id: 'chewie@falcon',
      score: null,
      cells: [{ status: 'pending', score: null }],
    });
  });

  it('passes over records of those who have gone from the batch', () => {
    expect(resultsOf(manifest(['han']), [record('han'), record('greedo')]).rows.map(({ id }) => id)).toEqual([
      'han',
    ]);
  });
});
