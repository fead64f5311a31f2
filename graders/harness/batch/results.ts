import { sumOf } from '../grader/points.ts';
import type { Report } from '../report/report.ts';
import { type BatchManifest, everybody } from './manifest.ts';
import { type BatchRecord, recordKey } from './record.ts';
import type { BatchSubmission, Learner } from './submission.ts';

/** What came of a batch: every export and the dashboard are written from this and nothing else. */
export interface BatchResults {
  challenges: BatchManifest['challenges'];
  rows: ResultRow[];
  faults: BatchManifest['faults'];
}

/** Everything of one submitter. */
export interface ResultRow {
  /** The submission's id; for whom there is none, the roster's identifier. */
  id: string;
  learner: Learner | null;
  submission: BatchSubmission | null;
  /** In the order of the challenges. */
  cells: ResultCell[];
  /** Points; null where some challenge could not be graded, through no fault of the learner, or is not yet. */
  score: number | null;
  maxScore: number;
}

export interface ResultCell {
  challenge: string;
  /** `not submitted`: nothing is there of them; `pending`: not graded yet. */
  status: Report['status'] | 'not submitted' | 'pending';
  score: number | null;
  maxScore: number;
  record: BatchRecord | null;
}

/** Puts a batch's records together, in the order of its submissions, whatever order they came in. */
export function resultsOf(manifest: BatchManifest, records: readonly BatchRecord[]): BatchResults {
  const byKey = new Map(records.map((record) => [recordKey(record), record]));
  return {
    challenges: manifest.challenges,
    faults: manifest.faults,
    rows: everybody(manifest).map(({ submission, learner, missed }) => {
      const cells = manifest.challenges.map(({ id, points }) =>
        submission || missed
          ? cellOf(
              submission && byKey.get(recordKey({ challenge: id, submission: submission.id })),
              id,
              points,
            )
          : { challenge: id, status: 'not submitted' as const, score: 0, maxScore: points, record: null },
      );
      const scores = cells.flatMap(({ score }) => score ?? []);
      return {
        id: submission?.id ?? learner?.identifier ?? '',
        learner,
        submission,
        cells,
        score: scores.length === cells.length ? sumOf(scores) : null,
        maxScore: sumOf(cells.map(({ maxScore }) => maxScore)),
      };
    }),
  };
}

function cellOf(record: BatchRecord | null | undefined, challenge: string, points: number): ResultCell {
  if (!record) return { challenge, status: 'pending', score: null, maxScore: points, record: null };
  const { status, score, maxScore } = record.report;
  return { challenge, status, score, maxScore, record };
}
