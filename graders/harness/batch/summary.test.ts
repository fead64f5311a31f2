import { describe, expect, it } from 'vitest';
import { batchResults, type MadeUp } from '../testing/batch-results.ts';
import { report } from '../testing/report.ts';
import { summary } from './summary.ts';

const notStarted = (fault: string) => report({ status: 'not started', score: 0, checks: [], fault });
const broken = report({ status: 'error', score: null, checks: [], fault: 'No engine.' });
const tooOld = report({ status: 'not gradable', score: null, checks: [], fault: 'too old' });

function linesOf(people: readonly MadeUp[], challenges?: string[]): string[] {
  const end = { out: 'graded', remarks: [], whole: true, signalled: undefined };
  return summary({ ...end, results: batchResults(people, challenges) })
    .trim()
    .split('\n')
    .map((line) => line.slice(2));
}

describe('summary', () => {
  it('counts who went how, and says why scripts were refused', () => {
    const people: MadeUp[] = [
      { id: 'ana', reports: [report()] },
      { id: 'ben', reports: [notStarted('solution.sh has more than 1 MiB.\nMake it shorter.')] },
      {
        id: 'eve',
        reports: [notStarted('There is no script for sessions/cantina in /class/eve.\nExpected …')],
      },
      { id: 'joe', reports: [tooOld] },
      { id: 'gone', reports: null },
    ];
    expect(linesOf(people).slice(1, -1)).toEqual([
      '1 passed, 0 not yet, 2 not started, 0 not graded, 1 not gradable here',
      '1 script refused, which count as not started:',
      '  ben: solution.sh has more than 1 MiB.',
      '1 on the roster did not submit',
    ]);
  });

  it('names some of many, and the challenge where there are several', () => {
    const people = Array.from({ length: 12 }, (_, index): MadeUp => {
      const refused = notStarted('Not text.');
      return { id: `learner-${index}`, reports: [refused, report()] };
    });
    const lines = linesOf(people, ['sessions/cantina', 'sessions/validation']);
    expect(lines[3]).toBe('  learner-0 (sessions/cantina): Not text.');
    expect(lines[13]).toBe('  … and 2 more: see index.html');
  });

  it('counts nothing where nothing was graded', () => {
    expect(
      linesOf([
        { id: 'ana', reports: [broken] },
        { id: 'joe', reports: [tooOld] },
      ])[1],
    ).toBe('Nothing was graded: 1 not graded, 1 not gradable here');
    expect(linesOf([{ id: 'ana', reports: [null] }])[1]).toBe(
      'Nothing was graded: all of it is still to be done',
    );
  });
});
