import { parse } from 'csv-parse/sync';

/** A student as Canvas' importer found them, and their grade for each assignment: null for none. */
interface CanvasStudent {
  name: string;
  /** SIS User ID, then SIS Login ID: by the first that Canvas knows it finds the student. */
  ids: [string, string];
  grades: (string | null)[];
}

/** What Canvas' importer made of a file. */
export interface CanvasGrades {
  assignments: { title: string; points: string }[];
  students: CanvasStudent[];
}

/** Headings that hold one of these are sums of Canvas' own, which are skipped. */
const SUMS =
  /Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade|Override Status/;

/**
 * Reads a file by the rules of Canvas' gradebook importer, in our own words. Throws where it refuses the file.
 * Source: lib/gradebook_importer.rb of instructure/canvas-lms
 */
export function canvasImport(file: string): CanvasGrades {
  const rows: string[][] = parse(file, { delimiter: delimiterOf(file) });
  const [header = [], ...rest] = rows;
  if (!header[0]?.includes('Student') || !header[1]?.includes('ID')) throw new Error('Invalid header row');
  const hasIds = header[2] === 'SIS User ID' && header[3] === 'SIS Login ID';
  if (!hasIds || !header[4]?.includes('Section')) throw new Error('Invalid header row');
  const columns = [...header.keys()].slice(5).filter((index) => !SUMS.test(header[index] ?? ''));
  let points: string[] = [];
  const students: CanvasStudent[] = [];
  for (const row of rest) {
    if (row[0]?.includes('Points Possible')) points = row;
    else if (!row.every((cell) => /^\s*(Muted|Manual Posting.*)?\s*$/i.test(cell)))
      students.push({
        name: row[0] ?? '',
        ids: [row[2] ?? '', row[3] ?? ''],
        grades: columns.map((index) => row[index]?.trim() || null),
      });
  }
  const assignments = columns.map((index) => ({ title: header[index] ?? '', points: points[index] ?? '' }));
  return { assignments, students };
}

/** A semicolon if it makes as many cells in each of the first lines, and more than a comma does. */
function delimiterOf(file: string): string {
  const lines = file.split('\n').slice(0, 3);
  const cells = (delimiter: string) => {
    try {
      const numbers = new Set(lines.map((line) => (parse(line, { delimiter })[0] as string[]).length));
      const [number = 0, ...others] = numbers;
      return others.length === 0 ? number : 0;
    } catch {
      // A quote where none may be: lines are not parted by this one.
      return 0;
    }
  };
  return cells(';') > cells(',') ? ';' : ',';
}
