import { describe, expect, it } from 'vitest';
import { PASS } from '../../../graders/harness/judging/checks/finding.ts';
import type { RunView } from '../../../graders/harness/judging/checks/run-view.ts';
import type { Check, Grader } from '../../../graders/harness/judging/grader.ts';
import { makeEvidence } from '../../../graders/harness/testing/evidence.ts';
import { judgedPerSecond } from './judging-rate.ts';
import { type JudgingRow, judgingTable, summariseJudging } from './result.ts';

const row = (what: string, perSecond: number, target: number | null): JudgingRow => ({
  what,
  checks: 9,
  evidences: 12,
  kib: 6.25,
  perSecond,
  target,
});

describe('the result of the benchmark of judging', () => {
  it('names the slowest first, and tells whether targets are met', () => {
    const { rows } = summariseJudging([row('s/b', 12_000, 10_000), row('s/a', 5000, null)]);
    expect(rows.map(({ what, met }) => [what, met])).toEqual([
      ['s/a', null],
      ['s/b', true],
    ]);
  });

  it('is a table', () => {
    const table = judgingTable(summariseJudging([row('s/a', 5000, null), row('s/long', 9999, 10_000)]));
    expect(table.split('\n').slice(1)).toEqual([
      '          checks  evidences  KiB each  a second',
      '  s/a          9         12       6.3      5000',
      '  s/long       9         12       6.3      9999  target >= 10000: MISSED',
      '',
    ]);
  });
});

describe('judgedPerSecond', () => {
  it('judges each evidence once, and reads it anew for the next time', () => {
    const seen: unknown[] = [];
    const judge = ({ evidence }: RunView) => {
      seen.push(evidence);
      return PASS;
    };
    const check: Check = {
      ...{ id: 'c', title: 'C', points: 1, needs: [], variant: null, hints: ['h'], keys: [] },
      judge,
    };
    const grader: Grader = { id: 'm/c', title: 'T', points: 1, setup: [], variants: [], checks: [check] };
    const documents = ['GET a', 'GET b'].map((command) =>
      JSON.stringify(makeEvidence({ commands: [command] })),
    );
    const rate = judgedPerSecond(grader, documents, 5);
    expect(rate).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(new Set(seen).size).toBe(seen.length);
  });
});
