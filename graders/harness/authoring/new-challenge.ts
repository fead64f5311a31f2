import { existsSync } from 'node:fs';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { trackCleanup } from '../cleanup.ts';
import { messageOf, UsageError } from '../errors.ts';
import { scaffold } from './scaffold.ts';

/** Folders beside the missions that are none. */
const RESERVED = ['harness', 'hostile'];

/**
 * Writes the files of a new challenge below `root`, all or none, and gives back their paths from there.
 * Throws UsageError for a name that is none, for a challenge of which something is there already, and where
 * it cannot be written.
 */
export async function newChallenge(id: string, root: string): Promise<string[]> {
  checkName(id);
  const homes = [`graders/${id}.yaml`, `challenges/${id}`, `fixtures/${id}`];
  const taken = homes.find((home) => existsSync(join(root, home)));
  if (taken !== undefined) {
    throw new UsageError(`${taken} is there already. Choose another name, or take it away first.`);
  }
  const files = scaffold(id);
  const staged = join(root, `.keyspace-grader.new-${process.pid}`);
  const moved: string[] = [];
  const folders: string[] = [];
  const undo = trackCleanup(async () => {
    await rm(staged, { recursive: true, force: true });
    for (const path of moved) await rm(path, { recursive: true, force: true });
    for (const folder of folders) await removeIfEmpty(folder);
  });
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(staged, path)), { recursive: true });
      await writeFile(join(staged, path), text);
    }
    for (const home of homes) {
      folders.unshift(...missingFolders(dirname(join(root, home))));
      await mkdir(dirname(join(root, home)), { recursive: true });
      await rename(join(staged, home), join(root, home));
      // Only now it is ours to take back.
      moved.push(join(root, home));
    }
    moved.length = 0;
    folders.length = 0;
  } catch (error) {
    throw new UsageError(`The challenge cannot be written: ${messageOf(error)}`, { cause: error });
  } finally {
    await undo();
  }
  return [...files.keys()];
}

function checkName(id: string): void {
  const slug = '[a-z0-9]+(?:-[a-z0-9]+)*';
  const [mission = ''] = id.split('/');
  if (!new RegExp(`^${slug}/${slug}$`).test(id) || RESERVED.includes(mission)) {
    throw new UsageError(
      `"${id}" cannot be the name of a challenge. It is <mission>/<challenge>, both in lower-case letters and digits with hyphens between them, such as sessions/cantina.`,
    );
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
