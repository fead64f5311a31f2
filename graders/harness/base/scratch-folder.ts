import { mkdtempSync, realpathSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { InfrastructureError, messageOf } from './errors.ts';
import { ownerState, ownerToken } from './owner.ts';
import { runProgram } from './run-program.ts';

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

/**
 * Makes a temporary folder whose name tells its owner, so that a later run can sweep it, and fills it. Where
 * that fails the folder is removed again. Throws InfrastructureError where there is no room for it, and what
 * `fill` throws.
 */
export async function makeScratchFolder(
  fill: (path: string) => Promise<void> = async () => undefined,
): Promise<ScratchFolder> {
  const path = makeFolder();
  const filling = fill(path);
  const remove = trackCleanup(async () => {
    // What is still being written would bring the folder back. Whoever made it is told what failed.
    await filling.catch(() => undefined);
    await removeFolder(path);
  });
  try {
    await filling;
    return { path, remove };
  } catch (error) {
    await remove();
    throw isFull(error) ? noRoom(error) : error;
  }
}

/** Made at once, so that no signal comes between the folder and its clean-up. */
function makeFolder(): string {
  try {
    // Without links in it: programs name files by their real path.
    return realpathSync(mkdtempSync(join(tmpdir(), `${PREFIX}${ownerToken()}.`)));
  } catch (error) {
    throw noRoom(error);
  }
}

/** True for the error of a disk that has no room left, or none for this user. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

function noRoom(error: unknown): InfrastructureError {
  return new InfrastructureError(
    `There is no room for temporary files in ${tmpdir()}: ${messageOf(error)}\nMake some, or set TMPDIR to another folder.`,
    { cause: error },
  );
}

/** The temporary folders that dead runs left behind. Throws InfrastructureError. */
export async function staleScratchFolders(): Promise<string[]> {
  const names = await readdir(tmpdir()).catch((error: unknown) => {
    throw noRoom(error);
  });
  return names
    .filter((name) => isScratchFolder(name) && ownerState(name.slice(PREFIX.length)) === 'dead')
    .map((name) => join(tmpdir(), name));
}

/** Removes a folder with all that is in it, whatever a script left there: no rights, odd names, endless depth. */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    // Node names what it removes by its whole path, which has a limit; these two go from folder to folder.
    await runProgram('chmod', ['-R', 'u+rwX', '--', resolve(path)]);
    const { exitCode, stderr } = await runProgram('rm', ['-rf', '--', resolve(path)]);
    if (exitCode !== 0) throw new Error(stderr.trim(), { cause: error });
  }
}
