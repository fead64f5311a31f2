import { existsSync } from 'node:fs';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { messageOf, UsageError } from './errors.ts';

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
