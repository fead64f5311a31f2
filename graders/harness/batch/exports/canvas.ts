import type { BatchResults, ResultRow } from '../results.ts';
import { csv } from './csv.ts';
import { nameOf } from './status.ts';

/**
 * What Canvas imports into its gradebook: a column for each challenge, named by its title and id, which Canvas
 * offers to create as an assignment or to match with one. An empty cell changes nothing there.
 * Source: https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
 */
export function canvasCsv({ rows, challenges }: BatchResults): string {
  const assignments = challenges.map(({ id, title }) => `${title} (${id})`);
  return csv([
    ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ...assignments],
    ['    Points Possible', '', '', '', '', ...challenges.map(({ points }) => points)],
    ...rows.map((row) => [nameOf(row), '', ...sisOf(row), '', ...row.cells.map(({ score }) => score)]),
  ]);
}

/** SIS User ID and SIS Login ID: an e-mail address is what one logs in with, a number is neither for sure. */
function sisOf({ learner, id }: ResultRow): [string, string] {
  if (!learner) return ['', id];
  return [learner.identifier.includes('@') ? '' : learner.identifier, learner.identifier];
}
