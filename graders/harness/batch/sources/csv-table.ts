import { CsvError, parse } from 'csv-parse/sync';
import { messageOf, UsageError } from '../../base/errors.ts';
import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import { readTextFile } from './text-file.ts';

/** A CSV file with a header, its cells trimmed. */
export interface CsvTable {
  file: string;
  columns: string[];
  rows: CsvRow[];
}

interface CsvRow {
  /** The row's last line in the file, from 1. */
  line: number;
  /** As many as there are columns. */
  cells: string[];
}

/**
 * Reads a CSV as spreadsheets write it: commas, semicolons or tabs, any line ends, a byte order mark, Excel's
 * `sep=;` line. Rows without any text are left out. Throws UsageError with file and line.
 */
export async function readCsvTable(file: string): Promise<CsvTable> {
  const text = await readTextFile(file);
  const separator = /^sep=(.)\r?\n/i.exec(text);
  const body = separator ? text.slice(separator[0].length) : text;
  const above = separator ? 1 : 0;
  const rows = parseCsv(body, separator?.[1] ?? delimiterOf(body), file, above);
  const [header, ...rest] = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!header) throw new UsageError(`${file}:1: the file is empty. Its first line must name the columns.`);
  return { file, columns: header.cells, rows: rest.map((row) => padded(row, header.cells.length, file)) };
}

/** What stands between the cells: whatever the header has most of outside quotes. */
function delimiterOf(text: string): string {
  const [header = ''] = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .trimStart()
    .split(/[\r\n]/, 1);
  const often = (delimiter: string) => header.split(delimiter).length;
  return [';', '\t'].reduce((best, other) => (often(other) > often(best) ? other : best), ',');
}

function parseCsv(text: string, delimiter: string, file: string, above: number): CsvRow[] {
  const rows: CsvRow[] = [];
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (cells, { lines }) => {
        rows.push({ line: lines + above, cells: cells.map((cell) => cell.trim()) });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines + above : 1;
    throw new UsageError(`${file}:${line}: ${whatIsWrong(error)}`, { cause: error });
  }
}

function whatIsWrong(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return 'a quote that was opened is not closed before the end of the file.';
  return `no CSV: ${printable(messageOf(error))}`;
}

/** Spreadsheets leave out empty cells at the end of a row, and put some there: only text beyond the header is wrong. */
function padded({ line, cells }: CsvRow, width: number, file: string): CsvRow {
  const length = cells.findLastIndex((cell) => cell !== '') + 1;
  if (length > width)
    throw new UsageError(
      `${file}:${line}: ${count(length, 'cell')}, and the header names ${count(width, 'column')}. A cell with the separator in it needs quotes.`,
    );
  return { line, cells: Array.from({ length: width }, (_, index) => cells[index] ?? '') };
}

/**
 * Where the first of these columns stands, case aside; undefined where none is there. Throws UsageError where
 * there are two of it.
 */
export function columnIndex({ columns, file }: CsvTable, ...names: string[]): number | undefined {
  const lower = columns.map((column) => column.toLowerCase());
  for (const name of names) {
    const index = lower.indexOf(name.toLowerCase());
    if (index < 0) continue;
    if (lower.lastIndexOf(name.toLowerCase()) !== index)
      throw new UsageError(`${file}:1: two columns are named ${JSON.stringify(name)}.`);
    return index;
  }
  return undefined;
}
