import { stringify } from 'csv-stringify/sync';
import { printable } from '../../base/text/printable.ts';

/** A text that the reader compares with what it knows: an identifier, or Moodle's sign for no grade. */
interface Key {
  key: string;
}

/** A cell: null is empty, as points are that nobody knows. */
export type CsvCell = string | number | null | Key;

/**
 * A CSV document. A text that a spreadsheet would take for a formula gets an apostrophe in front, and what
 * cannot be seen is written as an escape: names are what learners choose. A key stays as it is unless it
 * could be more than a name or a number.
 */
export function csv(rows: readonly (readonly CsvCell[])[], { bom = false } = {}): string {
  // A semicolon parts cells where the system's comma is for decimals.
  return stringify(
    rows.map((row) => row.map(written)),
    { bom, quoted_match: /;/ },
  );
}

function written(cell: CsvCell): string | number | null {
  if (typeof cell === 'string') return readAlike(neutral(printable(cell)));
  if (typeof cell !== 'object' || cell === null) return cell;
  const text = printable(cell.key);
  // Without brackets and bars a formula calls nothing.
  return readAlike(/^[\p{L}\p{M}\p{N}_.@+-]+$/u.test(text) ? text : neutral(text));
}

/** A formula hides behind blanks as well: some spreadsheets cut them off. */
function neutral(text: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}

/** What has one of these is written in quotes. */
const QUOTED = /[",;]/;

/**
 * The text such that every reader finds the same in it. PHP's fgetcsv, which Moodle reads with, takes a backslash
 * before a quote for an escape, and goes on into the next cell.
 */
function readAlike(text: string): string {
  return QUOTED.test(text) ? text.replace(/\\(?="|$)/g, '\\ ') : text;
}
