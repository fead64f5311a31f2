import { printable } from '../../../base/text/printable.ts';
import type { CheckStatus } from '../../../judging/report/report.ts';
import type { BatchResults, ResultCell, ResultRow } from '../../results.ts';
import { nameOf, statusOf } from '../status.ts';
import type { CheckLetter, DashboardData, DataCell } from './browser/page-data.ts';

const LETTERS: Record<CheckStatus, CheckLetter> = { passed: 'p', failed: 'f', skipped: 's', error: 'e' };

/** The data of the dashboard's tables. Texts are safe to show. */
export function dashboardData({ rows, challenges }: BatchResults): Omit<DashboardData, 'statuses'> {
  const checks = challenges.map((_, index) => checksOf(rows, index));
  return {
    maxScore: rows[0]?.maxScore ?? 0,
    challenges: challenges.map(({ id, title, points }, index) => ({
      id,
      title: printable(title),
      points,
      checks: checks[index] ?? [],
    })),
    rows: rows.map((row) => [
      printable(nameOf(row)),
      printable(row.id),
      printable([row.learner?.identifier, row.learner?.username].filter(Boolean).join(' ')),
      statusOf(row),
      row.score,
      row.submission?.commit?.late ?? null,
      ranMs(row),
      row.cells.map((cell, index) => dataCell(cell, checks[index] ?? [])),
    ]),
  };
}

/** How long somebody's scripts ran, all together, in ms; null where none did. */
function ranMs({ cells }: ResultRow): number | null {
  const times = cells.flatMap(({ record }) => record?.report.elapsedMs ?? []);
  return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0);
}

/** Every check that some report on a challenge knows, in the order of the report. */
function checksOf(rows: readonly ResultRow[], challenge: number): { id: string; title: string }[] {
  const checks = new Map<string, { id: string; title: string }>();
  for (const { cells } of rows)
    for (const { id, title } of cells[challenge]?.record?.report.checks ?? [])
      if (!checks.has(id)) checks.set(id, { id, title: printable(title) });
  return [...checks.values()];
}

function dataCell({ status, score, record }: ResultCell, checks: readonly { id: string }[]): DataCell {
  const byId = new Map(record?.report.checks.map((check) => [check.id, LETTERS[check.status]]));
  return [status, score, checks.map(({ id }) => byId.get(id) ?? '-').join(''), record ? 1 : 0];
}
