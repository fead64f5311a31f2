import { readFile, rm, writeFile } from 'node:fs/promises';
import { trackCleanup } from '../cleanup.ts';
import { InfrastructureError, messageOf, UsageError } from '../errors.ts';
import { ownerState, ownerToken } from '../owner.ts';
import { layout } from './layout.ts';

/**
 * Keeps a batch's folder for this process, so that no two write into it; gives it back on every way out, and
 * where the returned function is called. What a dead process kept is taken over, and so is what one of another
 * machine or container kept, which cannot be asked: the same command must go on from there.
 * Throws UsageError where another process works on it, InfrastructureError where the folder cannot be written.
 */
export async function lockBatch(out: string): Promise<() => Promise<void>> {
  const path = layout(out).lock;
  const owner = await readFile(path, 'utf8').catch(() => '');
  if (ownerState(owner) === 'alive')
    throw new UsageError(
      `${out} is in use: the process ${owner.split('.')[2]} works on it. Wait for its end, or end it.`,
    );
  await rm(path, { force: true });
  try {
    await writeFile(path, ownerToken(), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new UsageError(`${out} is in use: another process has just begun to work on it.`, {
        cause: error,
      });
    await rm(path, { force: true });
    throw new InfrastructureError(`${out} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return trackCleanup(() => rm(path, { force: true }));
}
