import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf, UsageError } from '../../base/errors.ts';
import { list, shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import { findByGlob, isGlob } from './glob.ts';
import type { Candidate } from './identify.ts';

/** A folder (or script) that was handed in. */
export interface FolderCandidate extends Candidate {
  /** Absolute. */
  path: string;
  /** True for a script in whose folder those of others lie. */
  isApart?: boolean;
}

/** `gh classroom clone student-repos` makes `<assignment>-submissions/<assignment>-<username>`. */
const CLASSROOM_FOLDER = /^(.+-)submissions$/;

/** What `--submissions` means. Throws UsageError where there is no such thing. */
export async function kindOf(where: string): Promise<'folder' | 'glob' | 'roster'> {
  const found = await stat(where).catch(() => undefined);
  if (found?.isDirectory()) return 'folder';
  if (found?.isFile() && /\.csv$/i.test(where)) return 'roster';
  if (found)
    throw new UsageError(`--submissions ${where}: neither a folder nor a roster, whose name ends with .csv.`);
  if (isGlob(where)) return 'glob';
  throw new UsageError(`--submissions ${where}: there is no such folder, glob or roster.`);
}

/** What a glob finds. Throws UsageError where that is nothing. */
export async function submissionsOfGlob(glob: string): Promise<FolderCandidate[]> {
  const matches = await findByGlob(glob);
  if (matches.length === 0) throw new UsageError(`--submissions ${glob}: nothing fits.`);
  const candidates = matches.map(({ id, path }) => ({ name: id, isExact: true, from: path, path }));
  const shared = await sharedFolders(matches.map(({ path }) => path));
  return candidates.map((candidate) => ({
    ...candidate,
    ...(shared.has(dirname(candidate.path)) && { isApart: true }),
  }));
}

/** The folders that hold files of several: where a glob leads to scripts, and not to folders. */
async function sharedFolders(paths: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const path of paths) {
    if (!(await stat(path)).isFile()) continue;
    const folder = dirname(path);
    if (seen.has(folder)) shared.add(folder);
    seen.add(folder);
  }
  return shared;
}

/**
 * The folders in a folder, sorted, hidden ones and the batch's own left out. Links are told and left out: they
 * might lead anywhere. Throws UsageError where there is none.
 */
export async function submissionsIn(folder: string, out: string, notify: Notify): Promise<FolderCandidate[]> {
  const names = await foldersIn(folder, out, notify);
  if (names.length === 0) throw new UsageError(`${folder} holds no folders, so nothing was submitted there.`);
  const root = resolve(folder);
  const prefix = CLASSROOM_FOLDER.exec(basename(root))?.[1];
  const isClassroom = prefix !== undefined && names.some((name) => name.startsWith(prefix));
  return names.map((name) => ({
    name,
    isExact: false,
    ...(isClassroom ? { prefix } : {}),
    from: join(folder, name),
    path: join(root, name),
  }));
}

/**
 * The submissions that lie beside a roster: those in the one `<assignment>-submissions` folder there, else all
 * folders. Throws UsageError.
 */
export async function submissionsBeside(
  roster: string,
  out: string,
  notify: Notify,
): Promise<FolderCandidate[]> {
  const folder = dirname(roster);
  const names = await foldersIn(folder, out, () => undefined);
  const assignments = names.filter((name) => CLASSROOM_FOLDER.test(name));
  if (assignments.length > 1)
    throw new UsageError(
      `Beside ${roster} there are submissions of several assignments: ${list(assignments.map(printable))}. Name one: --submissions <folder> --roster ${roster}.`,
    );
  return submissionsIn(join(folder, assignments[0] ?? '.'), out, notify);
}

async function foldersIn(folder: string, out: string, notify: Notify): Promise<string[]> {
  const root = resolve(folder);
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    throw new UsageError(`${folder} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const shown = entries.filter(({ name }) => !name.startsWith('.') && join(root, name) !== resolve(out));
  const links = shown.filter((entry) => entry.isSymbolicLink()).map(({ name }) => printable(name));
  if (links.length > 0) notify(`Left out, since links might lead anywhere: ${shortList(links.sort())}.`);
  return shown
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
