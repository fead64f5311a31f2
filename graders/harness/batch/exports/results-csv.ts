import type { BatchResults, ResultRow } from '../results.ts';
import { csv } from './csv.ts';
import { reasonOf, statusOf } from './status.ts';

/** All results for a spreadsheet: a row for each submitter, two columns for each challenge. */
export function resultsCsv({ rows, challenges }: BatchResults): string {
  const header = [
    'identifier',
    'github_username',
    'github_id',
    'name',
    'submission',
    'status',
    'points',
    'points_available',
    'commit',
    'committed_at',
    'late_seconds',
    ...challenges.flatMap(({ id }) => [`${id} status`, `${id} points`]),
    'reason',
  ];
  // Spreadsheets read UTF-8 only where its mark stands in front.
  return csv([header, ...rows.map(rowOf)], { bom: true });
}

function rowOf(row: ResultRow) {
  const { learner, submission, score, maxScore, cells } = row;
  return [
    learner ? { key: learner.identifier } : null,
    learner?.username ?? null,
    learner?.githubId ?? null,
    learner?.name ?? null,
    submission?.id ?? null,
    statusOf(row),
    score,
    maxScore,
    submission?.commit?.sha ?? null,
    submission?.commit?.date ?? null,
    submission?.commit?.late ?? null,
    ...cells.flatMap((cell) => [cell.status, cell.score]),
    reasons(cells),
  ];
}

/** Why something could not be graded, or was refused. */
function reasons(cells: ResultRow['cells']): string | null {
  const told = cells.flatMap((cell) => {
    const reason = reasonOf(cell);
    return reason === undefined ? [] : [`${cell.challenge}: ${reason}`];
  });
  return told.length === 0 ? null : told.join(' · ');
}
