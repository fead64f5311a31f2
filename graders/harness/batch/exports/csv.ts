import { stringify } from 'csv-stringify/sync';
import { printable } from '../../base/text/printable.ts';

/** A cell: null is empty, as points are that nobody knows. */
export type CsvCell = string | number | null;

/**
 * A CSV document. A text that a spreadsheet would take for a formula gets an apostrophe in front, and what
 * cannot be seen is written as an escape: names are what learners choose.
 */
export function csv(rows: readonly (readonly CsvCell[])[], { bom = false } = {}): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? safe(cell) : cell)));
  // A semicolon parts cells where the system's comma is for decimals.
  return stringify(cells, { bom, escape_formulas: true, quoted_match: /;/ });
}

/** A formula hides behind blanks as well: some spreadsheets cut them off. */
function safe(text: string): string {
  const shown = printable(text);
  return /^\s+[=+\-@]/.test(shown) ? `'${shown}` : shown;
}
