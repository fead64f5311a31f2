import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ReadableError } from '../../base/errors.ts';
import { findScript } from '../../recording/submission/find.ts';
import { isLearners } from '../progress/learners-files.ts';

/** Files of one folder that are looked at: a save among more than these is seen only of the first. */
const FILE_LIMIT = 1_000;

/**
 * What stands where a challenge's script is looked for, as a text: another one whenever a save may change the
 * grade. Which script there is, or why there is none, and the files beside it, which it may read.
 */
export async function solutionState(challenge: string, path: string): Promise<string> {
  try {
    const script = await findScript(challenge, path);
    return [script.path, ...(await filesIn(dirname(script.path)))].join('\n');
  } catch (error) {
    if (error instanceof ReadableError) return error.message;
    throw error;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isLearners).sort();
  return Promise.all(
    names.slice(0, FILE_LIMIT).map(async (name) => {
      // What vanished meanwhile is told by the next look.
      const found = await stat(join(folder, name)).catch(() => null);
      return found?.isFile() ? `${name} ${found.ino} ${found.size} ${found.mtimeMs}` : name;
    }),
  );
}

/** The folders in which a save may be seen: those that exist, or what is above them. */
export async function watchedFolders(challenge: string, path: string): Promise<string[]> {
  const root = resolve(path);
  const found = await stat(root).catch(() => null);
  if (!found?.isDirectory()) return [dirname(root)];
  const folders: string[] = [];
  for (const places of [['challenges', ...challenge.split('/')], challenge.split('/')]) {
    let folder = root;
    folders.push(folder);
    for (const place of places) {
      folder = join(folder, place);
      if (!(await stat(folder).catch(() => null))?.isDirectory()) break;
      folders.push(folder);
    }
  }
  return [...new Set(folders)];
}
