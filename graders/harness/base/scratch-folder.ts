import { mkdtempSync, realpathSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { trackCleanup } from './cleanup.ts';
import { InfrastructureError, isFull, messageOf } from './errors.ts';
import { ownerState } from './owner.ts';
import { runProgram } from './run-program.ts';
import { cachedRoot, ownPrefix, SCRATCH_PREFIX, type ScratchUse, scratchRoot } from './scratch-root.ts';
import { printable } from './text/printable.ts';

/** True for the name of a temporary folder of ours. */
export function isScratchFolder(name: string): boolean {
  return name.startsWith(SCRATCH_PREFIX);
}

/** A temporary folder of this process, removed on every way out. */
export interface ScratchFolder<Filled = void> {
  path: string;
  /** What filling it came to. */
  filled: Filled;
  remove(): Promise<void>;
}

/**
 * Makes a temporary folder whose name tells its owner, so that a later run can sweep it, and fills it. Where
 * that fails the folder is removed again. `use` says what for: see {@link scratchRoot}. Throws InfrastructureError
 * where there is no room for it, and what `fill` throws.
 */
export async function makeScratchFolder<Filled = void>(
  fill: (path: string) => Promise<Filled> = async () => undefined as Filled,
  use: ScratchUse = 'files',
): Promise<ScratchFolder<Filled>> {
  const root = scratchRoot(use);
  const path = makeFolder(root);
  const filling = fill(path);
  const remove = trackCleanup(async () => {
    // What is still being written would bring the folder back. Whoever made it is told what failed.
    await filling.catch(() => undefined);
    await removeFolder(path);
  });
  try {
    return { path, remove, filled: await filling };
  } catch (error) {
    await remove();
    throw isFull(error) ? noRoom(error, root) : error;
  }
}

/** Made at once, so that no signal comes between the folder and its clean-up. */
function makeFolder(root: string): string {
  try {
    // Without links in it: programs name files by their real path.
    return realpathSync(mkdtempSync(join(root, ownPrefix())));
  } catch (error) {
    throw noRoom(error, root);
  }
}

function noRoom(error: unknown, root: string): InfrastructureError {
  const folder = printable(root);
  const message = isFull(error)
    ? `There is no room for temporary files in ${folder}: ${messageOf(error)}\nMake some, or set TMPDIR to another folder.`
    : `No temporary files can be made in ${folder}: ${messageOf(error)}\nSet TMPDIR to a folder in which you may write.`;
  return new InfrastructureError(message, { cause: error });
}

/** The temporary folders that dead runs left behind. Throws InfrastructureError. */
export async function staleScratchFolders(): Promise<string[]> {
  const names = await readdir(tmpdir()).catch((error: unknown) => {
    throw noRoom(error, tmpdir());
  });
  // Most machines have none.
  const cached = await readdir(cachedRoot()).catch(() => []);
  return [
    ...names.map((name) => [tmpdir(), name] as const),
    ...cached.map((name) => [cachedRoot(), name] as const),
  ]
    .filter(([, name]) => isScratchFolder(name) && ownerState(name.slice(SCRATCH_PREFIX.length)) === 'dead')
    .map(([root, name]) => join(root, name));
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
