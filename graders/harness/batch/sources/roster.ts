import { UsageError } from '../../base/errors.ts';
import { list } from '../../base/text/count.ts';
import { didYouMean } from '../../base/text/nearest.ts';
import { printable } from '../../base/text/printable.ts';
import type { Learner } from '../submission.ts';
import { type CsvTable, columnIndex, readCsvTable } from './csv-table.ts';

/** The columns of GitHub Classroom's roster. */
const FIELDS = ['identifier', 'github_username', 'github_id', 'name'] as const;
type Field = (typeof FIELDS)[number];

/** What each column is called in a roster that calls it otherwise. */
export type RosterColumns = Partial<Record<Field, string>>;

/** Who is in the class, in the order of the file. */
export interface Roster {
  file: string;
  learners: Learner[];
  /** The learner of that username, else of that identifier; case aside. */
  find(name: string): Learner | undefined;
}

/** Reads `identifier=E-mail,github_username=GitHub`. Throws UsageError. */
export function rosterColumns(text: string): RosterColumns {
  const columns: RosterColumns = {};
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const field = at === -1 ? '' : part.slice(0, at).trim();
    const name = part.slice(at + 1).trim();
    if (!isField(field) || name === '')
      throw new UsageError(
        `--roster-columns: ${JSON.stringify(part.trim())} is not <field>=<column>${didYouMean(field, FIELDS)}\nThe fields are ${list(FIELDS)}, such as identifier=E-mail,github_username=GitHub.`,
      );
    columns[field] = name;
  }
  return columns;
}

function isField(text: string): text is Field {
  return (FIELDS as readonly string[]).includes(text);
}

/**
 * Reads a roster. A learner without an identifier goes by the username. Throws UsageError with file and line:
 * no CSV, no such column, a row that names nobody, somebody named twice.
 */
export async function readRoster(file: string, named: RosterColumns = {}): Promise<Roster> {
  const table = await readCsvTable(file);
  const at = Object.fromEntries(FIELDS.map((field) => [field, place(table, field, named)]));
  if (at.identifier === undefined && at.github_username === undefined)
    throw new UsageError(
      `${file}:1: there is neither a column identifier nor github_username, only ${list(table.columns.map(printable))}.\nName the columns with --roster-columns, such as identifier=E-mail.`,
    );
  const usernames = new Map<string, Learner>();
  const identifiers = new Map<string, Learner>();
  const learners = table.rows.map(({ cells, line }) => {
    const cell = (field: Field) => cells[at[field] ?? -1] || null;
    const username = cell('github_username')?.replace(/^@/, '') || null;
    const identifier = cell('identifier') ?? username;
    if (identifier === null)
      throw new UsageError(`${file}:${line}: the row names nobody: no identifier, no username.`);
    const learner = { identifier, username, githubId: cell('github_id'), name: cell('name') };
    addOnce(identifiers, identifier, learner, `${file}:${line}`);
    if (username !== null) addOnce(usernames, username, learner, `${file}:${line}`);
    return learner;
  });
  const find = (name: string) => usernames.get(key(name)) ?? identifiers.get(key(name));
  return { file, learners, find };
}

function place(table: CsvTable, field: Field, named: RosterColumns): number | undefined {
  const name = named[field] ?? field;
  const index = columnIndex(table, name);
  if (index === undefined && named[field] !== undefined)
    throw new UsageError(
      `${table.file}:1: there is no column ${JSON.stringify(name)}${didYouMean(name, table.columns)}\nThe columns are ${list(table.columns.map(printable))}.`,
    );
  return index;
}

function addOnce(map: Map<string, Learner>, name: string, learner: Learner, where: string): void {
  if (map.has(key(name))) throw new UsageError(`${where}: ${printable(name)} is on the roster twice.`);
  map.set(key(name), learner);
}

/** Usernames and e-mail addresses are the same in any case; a file system may have taken letters apart. */
function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
