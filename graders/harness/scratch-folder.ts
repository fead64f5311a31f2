import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { ownerState, ownerToken } from './engine/owner.ts';

const PREFIX = 'keyspace-grader.';

/** True for the name of a temporary folder of ours. */
export function isScratchFolder(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** A temporary folder of this process, removed on every way out. */
export interface ScratchFolder {
  path: string;
  remove(): Promise<void>;
}

/** Makes a temporary folder whose name tells its owner, so that a later run can sweep it. */
export async function makeScratchFolder(): Promise<ScratchFolder> {
  // Without links in it: programs name files by their real path.
  const path = await realpath(await mkdtemp(join(tmpdir(), `${PREFIX}${ownerToken()}.`)));
  return { path, remove: trackCleanup(() => removeFolder(path)) };
}

/** The temporary folders that dead runs left behind. */
export async function staleScratchFolders(): Promise<string[]> {
  const names = await readdir(tmpdir());
  return names
    .filter((name) => isScratchFolder(name) && ownerState(name.slice(PREFIX.length)) === 'dead')
    .map((name) => join(tmpdir(), name));
}

/** Removes a folder with all that is in it, whatever rights a script gave to what it wrote there. */
export async function removeFolder(path: string): Promise<void> {
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  try {
    await remove();
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await openFolders(path);
    await remove();
  }
}

/** Takes back the right to change a folder and all folders in it. */
async function openFolders(path: string): Promise<void> {
  await chmod(path, 0o700);
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  await Promise.all(folders.map(({ name }) => openFolders(join(path, name))));
}
