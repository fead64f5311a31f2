import type { BatchResults, ResultRow } from '../results.ts';
import { type CsvCell, csv } from './csv.ts';
import { gradebookRows } from './gradebook-rows.ts';
import { nameOf } from './status.ts';

/**
 * What Canvas imports into its gradebook: a column for each challenge, named by its title and id, which Canvas
 * offers to create as an assignment or to match with one. An empty cell is no grade.
 * Source: https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
 */
export function canvasCsv(results: BatchResults): string {
  const { challenges } = results;
  return csv(
    [
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ...challenges.map(columnOf)],
      ['    Points Possible', '', '', '', '', ...challenges.map(({ points }) => points)],
      ...gradebookRows(results).map((row) => [
        studentOf(row),
        '',
        ...sisOf(row),
        '',
        ...row.cells.map(({ score }) => score),
      ]),
    ],
    // Canvas reads it with the mark, and spreadsheets read UTF-8 only with it.
    { bom: true },
  );
}

/** Columns that have this in their name are Canvas' own sums: it reads none of them. */
const SUMS = /(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)/;

function columnOf({ id, title }: BatchResults['challenges'][number]): string {
  return SUMS.test(title) ? id : `${title} (${id})`;
}

/** A row is that of the points where its first cell says so, whoever chose that name. */
function studentOf(row: ResultRow): string {
  return nameOf(row).replaceAll('Points Possible', 'Points possible');
}

/** SIS User ID and SIS Login ID: an e-mail address is what one logs in with, a number is neither for sure. */
function sisOf({ learner, id }: ResultRow): CsvCell[] {
  if (!learner) return ['', { key: id }];
  const login = { key: learner.identifier };
  return [learner.identifier.includes('@') ? '' : login, login];
}
