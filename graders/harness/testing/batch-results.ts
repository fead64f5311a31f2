import type { BatchRecord } from '../batch/record.ts';
import { type BatchResults, resultsOf } from '../batch/results.ts';
import type { BatchSubmission, Learner } from '../batch/submission.ts';
import type { Report } from '../judging/report/report.ts';
import { report } from './report.ts';

/** What somebody made-up did: a report for each challenge, in their order; null for one not graded yet. */
export interface MadeUp {
  id: string;
  /** Null for who is not on the roster. */
  learner?: Partial<Learner> | null;
  /** Null for who did not submit. */
  reports: (Report | null)[] | null;
  /** Seconds. */
  late?: number;
  /** The name of the evidence of the first challenge. */
  evidence?: string;
}

/** Results of a made-up class in these challenges. */
export function batchResults(people: readonly MadeUp[], challenges = ['sessions/cantina']): BatchResults {
  const submissions: BatchSubmission[] = [];
  const notSubmitted: Learner[] = [];
  const records: BatchRecord[] = [];
  for (const { id, learner: known, reports, late, evidence } of people) {
    const learner = known === null ? null : madeUpLearner(id, known ?? {});
    if (reports === null) {
      notSubmitted.push(madeUpLearner(id, known ?? {}));
      continue;
    }
    const commit =
      late === undefined ? null : { sha: '1a2b3c4'.padEnd(40, '0'), date: '2026-06-01T14:32:01Z', late };
    submissions.push({ id, learner, path: `/class/cantina-${id}`, commit });
    for (const [index, one] of reports.entries()) {
      if (one === null) continue;
      records.push({
        submission: id,
        challenge: challenges[index] ?? '',
        fingerprint: 'f',
        attempts: 1,
        report: one,
        evidence: index === 0 ? (evidence ?? null) : null,
        finishedAt: `2026-06-02T10:00:${String(records.length % 60).padStart(2, '0')}.000Z`,
        tookMs: 300,
      });
    }
  }
  const points = report().maxScore;
  return resultsOf(
    {
      version: 1,
      grader: '0.0.0',
      challenges: challenges.map((id) => ({ id, title: `The challenge ${id}`, points })),
      settings: { engine: 'local', image: '', sandbox: 'process', timeout: 30, deadline: null },
      shard: null,
      submissions,
      notSubmitted,
      faults: [],
    },
    records,
  );
}

function madeUpLearner(id: string, known: Partial<Learner>): Learner {
  return { identifier: `${id}@example.edu`, username: id, githubId: null, name: null, ...known };
}
