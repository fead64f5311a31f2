import type { BatchResults, ResultRow } from '../results.ts';

/**
 * The rows that a gradebook can take: with a roster, those of its learners. Whoever is not on it is nobody that the
 * gradebook knows: Moodle then refuses the whole file, or books the grade on the learner of the row above. Without
 * a roster, everybody is known by the submission's name.
 */
export function gradebookRows({ rows }: Pick<BatchResults, 'rows'>): readonly ResultRow[] {
  const known = rows.filter(({ learner }) => learner !== null);
  return known.length === 0 ? rows : known;
}

/** The rows that {@link gradebookRows} leaves out. */
export function offRosterRows(results: Pick<BatchResults, 'rows'>): ResultRow[] {
  const known = new Set(gradebookRows(results));
  return results.rows.filter((row) => !known.has(row));
}
