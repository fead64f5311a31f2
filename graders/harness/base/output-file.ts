import { randomBytes } from 'node:crypto';
import { constants, type Dirent, existsSync, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { messageOf, UsageError } from './errors.ts';
import { ownerState, ownerToken } from './owner.ts';

/**
 * Refuses a path at which no file can be written, before any work is done for it: a folder, a link, a FIFO
 * or a device stands there, or its folder is not there. Throws UsageError.
 */
export async function checkOutputFile(path: string): Promise<void> {
  await checkPlace(path);
  // A link to a folder will do: /tmp is one on macOS.
  const folder = await statOrNothing(dirname(path), stat);
  if (!folder?.isDirectory()) {
    throw new UsageError(`${path} cannot be written: there is no folder ${dirname(path)}`);
  }
  await checkWritable(dirname(path), `${path} cannot be written: its folder is read-only.`);
}

/** Refuses a path at which something else than a file that may be replaced stands. */
async function checkPlace(path: string): Promise<void> {
  if (path === '' || /[\\/]$/.test(path)) {
    throw new UsageError(`"${path}" cannot be written: it names no file.`);
  }
  const found = await statOrNothing(path, lstat);
  if (found && !found.isFile()) {
    throw new UsageError(`${path} cannot be written: ${describe(found)} stands there. Name another file.`);
  }
  if (found) await checkWritable(path, `${path} cannot be written: it is read-only. Name another file.`);
}

/** What stands at a path; undefined for nothing. Throws UsageError where that cannot be told. */
async function statOrNothing(path: string, look: typeof stat): Promise<Stats | undefined> {
  try {
    return await look(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new UsageError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

async function checkWritable(path: string, complaint: string): Promise<void> {
  try {
    await access(path, constants.W_OK);
  } catch (error) {
    throw new UsageError(complaint, { cause: error });
  }
}

/** What a file is to hold; in parts where it is too much to be held at once. */
export type FileContent = string | Uint8Array | Iterable<string>;

/**
 * Writes a file whole or not at all. Throws UsageError if that is not possible; nothing half-written is left behind.
 */
export async function writeOutputFile(path: string, content: FileContent): Promise<void> {
  await checkPlace(path);
  try {
    await replaceFile(path, content, false);
  } catch (error) {
    // What is wrong with the folder is only looked for now: a batch writes thousands of files.
    await checkOutputFile(path);
    throw new UsageError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Writes a file whole or not at all, and resolves when it would be there after a power loss too. The folder must
 * be there. Throws what the system throws; nothing half-written is left behind.
 */
export async function writeDurably(path: string, content: FileContent): Promise<void> {
  await replaceFile(path, content, true);
}

/** What a file is called, behind a dot, while it is being written. */
const UNFINISHED = '.keyspace-grader.';

/** Writes under a temporary name first, and renames when every byte is there. */
async function replaceFile(path: string, content: FileContent, durably: boolean): Promise<void> {
  const name = `${UNFINISHED}${ownerToken()}.${randomBytes(6).toString('hex')}`;
  const temporary = join(dirname(path), name);
  try {
    await writeFile(temporary, content, { flag: 'wx', flush: durably });
    await rename(temporary, path);
    if (durably) await syncFolder(dirname(path));
  } catch (error) {
    // Fails only if nothing could be written either, which is what is told.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Removes what processes that were killed had not finished writing, in a folder and in all below it. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await removeUnfinished(path);
    else if (entry.name.startsWith(UNFINISHED) && ownerState(entry.name.slice(UNFINISHED.length)) === 'dead')
      await rm(path, { force: true });
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    // Another process has just removed it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Resolves when the names in a folder are on the disk. */
export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folder, and keeps the names by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function describe(found: { isDirectory(): boolean; isSymbolicLink(): boolean; isFIFO(): boolean }): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isSymbolicLink()) return 'a link';
  return found.isFIFO() ? 'a FIFO' : 'something that is not a plain file';
}

/**
 * Writes files, by absolute path, all or none. `homes` are the files and folders that hold them all, none of
 * which is there yet; `root` is a folder that is there and holds the homes. A file that begins with `#!` may be
 * run. Throws UsageError, in which `what` names the whole.
 */
export async function writeAll(
  files: ReadonlyMap<string, string>,
  homes: readonly string[],
  root: string,
  what: string,
): Promise<void> {
  const staged = join(root, `.keyspace-grader.new-${process.pid}`);
  const place = (path: string) => join(staged, relative(root, path));
  const moved: string[] = [];
  const folders: string[] = [];
  const undo = trackCleanup(async () => {
    await rm(staged, { recursive: true, force: true });
    for (const path of moved) await rm(path, { recursive: true, force: true });
    for (const folder of folders) await removeIfEmpty(folder);
  });
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(place(path)), { recursive: true });
      await writeFile(place(path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 });
    }
    for (const home of homes) {
      folders.unshift(...missingFolders(dirname(home)));
      await mkdir(dirname(home), { recursive: true });
      await rename(place(home), home);
      // Only now it is ours to take back.
      moved.push(home);
    }
    moved.length = 0;
    folders.length = 0;
  } catch (error) {
    throw new UsageError(`${what} cannot be written: ${messageOf(error)}`, { cause: error });
  } finally {
    await undo();
  }
}

/** The folders that have to be made for a path to be there, the innermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [folder, ...missingFolders(dirname(folder))];
}

/** Takes away a folder that was made on the way; one in which somebody else has put something stays. */
async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}
