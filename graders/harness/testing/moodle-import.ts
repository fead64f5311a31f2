import { phpCsv } from './php-csv.ts';

/** What Moodle's grade import is asked for. */
export interface MoodleImport {
  /** The column that names the learner, and the users that there are, by what stands in it. */
  by: string;
  users: readonly string[];
  /** The columns that become new grade items. */
  items: readonly string[];
  /** `5.0` for all up to it, `5.1` for all from it on: they differ in what is empty. */
  version: '5.0' | '5.1';
}

/** The grades of each user in the order of the items, null for none; or why the whole file was refused. */
export type MoodleGrades = Map<string, (number | null)[]> | { refused: string };

/** Items that an import makes are of 100. */
const MAXIMUM = 100;

/**
 * Reads a file by the rules of Moodle's grade import, in our own words: a learner's row is the grades of the last
 * user that was named, one mistake refuses the whole file, and up to 5.0 an empty grade is 0.
 * Source: grade/import/csv/classes/load_data.php and lib/csvlib.class.php of moodle/moodle
 */
export function moodleImport(file: string, { by, users, items, version }: MoodleImport): MoodleGrades {
  const text = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const [header = [], ...rows] = phpCsv(text).map((row) => row.map((cell) => cell.trim()));
  const column = header.indexOf(by);
  if (column < 0) return { refused: `there is no column ${by}` };
  const grades = new Map<string, (number | null)[]>();
  let user: string | undefined;
  for (const row of rows) {
    if (row.length !== header.length) return { refused: 'a row has another number of columns' };
    const named = row[column] ?? '';
    if (named !== '' || version === '5.1') user = users.find((one) => one === named);
    if (user === undefined) return { refused: `there is no user ${JSON.stringify(named)}` };
    const found = items.map((item) => gradeOf(row[header.indexOf(item)] ?? '', version));
    const wrong = found.find((one) => one !== null && !(one <= MAXIMUM));
    if (wrong !== undefined) return { refused: `the grade ${wrong} cannot be` };
    grades.set(user, found);
  }
  return grades;
}

function gradeOf(cell: string, version: MoodleImport['version']): number | null {
  if (cell === '-' || (cell === '' && version === '5.1')) return null;
  // Not a number where it is none.
  return Number(cell);
}
