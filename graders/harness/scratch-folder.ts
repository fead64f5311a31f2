import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { ownerState, ownerToken } from './engine/owner.ts';

const PREFIX = 'keyspace-grader.';

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
    .filter((name) => name.startsWith(PREFIX) && ownerState(name.slice(PREFIX.length)) === 'dead')
    .map((name) => join(tmpdir(), name));
}

/** Removes a folder with all that is in it, whatever rights a script gave to what it wrote there. */
export async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
}
