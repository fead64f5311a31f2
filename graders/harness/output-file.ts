import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, lstat, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf, UsageError } from './errors.ts';

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

/**
 * Writes a file whole or not at all: under a temporary name first, renamed when every byte is there.
 * Throws UsageError where that is not possible; nothing half-written is left behind.
 */
export async function writeOutputFile(path: string, content: string | Uint8Array): Promise<void> {
  await checkPlace(path);
  const temporary = join(dirname(path), `.keyspace-grader.${randomBytes(6).toString('hex')}`);
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    // Fails only where nothing could be written either, which is what is told.
    await rm(temporary, { force: true }).catch(() => undefined);
    // What is wrong with the folder is only looked for now: a batch writes thousands of files.
    await checkOutputFile(path);
    throw new UsageError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

function describe(found: { isDirectory(): boolean; isSymbolicLink(): boolean; isFIFO(): boolean }): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isSymbolicLink()) return 'a link';
  return found.isFIFO() ? 'a FIFO' : 'something that is not a plain file';
}
