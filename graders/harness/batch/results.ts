import { sumOf } from '../judging/points.ts';
import { type BatchManifest, everybody } from './manifest.ts';
import { type BatchRecord, recordKey } from './record.ts';
import type { ResultCell, ResultRow, ResultsDocument } from './schema.ts';

export type { ResultCell, ResultRow };

/** What came of a batch: every export and the dashboard are written from this and nothing else. */
export interface BatchResults extends Omit<ResultsDocument, 'version'> {}

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
