import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { trackCleanup } from '../base/cleanup.ts';
import { InfrastructureError, messageOf, ReadableError, UsageError } from '../base/errors.ts';
import { removeUnfinished } from '../base/output-file.ts';
import { ownerState, ownerToken } from '../base/owner.ts';
import { type BatchPart, layout } from './layout.ts';

const WHOLE: readonly BatchPart[] = ['manifest', 'results'];

/**
 * Keeps a batch's folder, or some parts of it, for this process, so that no two write into it; gives it back on
 * every way out, and when the returned function is called. What a dead process kept is taken over, and so is what
 * one of another machine or container kept, which cannot be asked: the same command must go on from there. Files
 * that a killed process had not finished writing are removed.
 * Throws UsageError if another process works on it, InfrastructureError if the folder cannot be written.
 */
export async function lockBatch(
  out: string,
  parts: readonly BatchPart[] = WHOLE,
): Promise<() => Promise<void>> {
  const held: (() => Promise<void>)[] = [];
  const release = async () => {
    for (const giveBack of held.splice(0)) await giveBack();
  };
  try {
    // In one order, so that of two commands one gets all.
    for (const part of WHOLE) if (parts.includes(part)) held.push(await lock(layout(out).lock(part), out));
    await removeUnfinished(out);
    return release;
  } catch (error) {
    await release();
    if (error instanceof ReadableError) throw error;
    throw new InfrastructureError(`${out} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * The lock is a folder with one file in it, whose name is its owner's and is never used again. It is made beside
 * its place and renamed: the system lets a folder take the place of an empty one, or of none, and refuses if
 * somebody's file is in it. So nobody can lose the lock to another: a stale one is emptied by the name of the dead
 * owner's file, which is no living owner's. At no moment is there anything that a killed process could leave in
 * the way.
 */
async function lock(path: string, out: string): Promise<() => Promise<void>> {
  const name = `${ownerToken()}.${randomBytes(6).toString('hex')}`;
  const made = `${path}.${name}`;
  const giveBack = trackCleanup(async () => {
    await rm(made, { recursive: true, force: true });
    await rm(join(path, name), { force: true });
    await unlessErrorIs(['ENOENT', ...NOT_EMPTY], rmdir(path));
  });
  try {
    await mkdir(made);
    await writeFile(join(made, name), '');
    while (!(await takePlace(made, path))) await emptyOfOthers(path, out);
    await removeWhatWasNeverPlaced(path);
    return giveBack;
  } catch (error) {
    await giveBack();
    throw error;
  }
}

/** Somebody's file is in a folder. */
const NOT_EMPTY = ['ENOTEMPTY', 'EEXIST'];

async function takePlace(made: string, path: string): Promise<boolean> {
  return unlessErrorIs(NOT_EMPTY, rename(made, path));
}

/** Takes everything out of a lock that is nobody's any more. Throws UsageError if it is a living process's. */
async function emptyOfOthers(path: string, out: string): Promise<void> {
  for (const name of await namesIn(path)) {
    if (ownerState(name) === 'alive')
      throw new UsageError(
        `${out} is in use: the process ${name.split('.')[2]} works on it. Wait for its end, or end it.`,
      );
    await rm(join(path, name), { force: true });
  }
}

/** What processes made that were killed before they could put it in its place. */
async function removeWhatWasNeverPlaced(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await namesIn(dirname(path)))
    if (name.startsWith(prefix) && ownerState(name.slice(prefix.length)) === 'dead')
      await rm(join(dirname(path), name), { recursive: true, force: true });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // It has just been given back.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** True if it was done, false if it failed for one of these reasons. Throws every other error. */
async function unlessErrorIs(codes: readonly string[], done: Promise<void>): Promise<boolean> {
  try {
    await done;
    return true;
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}
