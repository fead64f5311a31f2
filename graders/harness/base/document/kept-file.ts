import { lstat, readFile } from 'node:fs/promises';
import type { ValidateFunction } from 'ajv';
import { messageOf } from '../errors.ts';

/** A file that is larger than this, in bytes, is none of ours. */
const SIZE_LIMIT = 64 * 1024;

/** What such a file holds, null for nothing; and what is wrong with it, in words, null for nothing. */
export interface KeptFile<Content> {
  content: Content | null;
  problem: string | null;
}

/**
 * Reads a small file of JSON that we keep beside a learner's script. One that is broken counts as none: nobody is
 * stopped by it. `validator` is loaded only where there is something to validate.
 */
export async function readKeptFile<Content>(
  path: string,
  validator: () => Promise<ValidateFunction<Content>>,
): Promise<KeptFile<Content>> {
  const nothing = (problem: string | null) => ({ content: null, problem });
  try {
    // Anybody may have put it there: a FIFO would be waited for, and what a link leads to is not to be read.
    const found = await lstat(path);
    if (!found.isFile()) return nothing('it is not a plain file');
    if (found.size > SIZE_LIMIT) return nothing('it is too large');
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    const isValid = await validator();
    return isValid(content) ? { content, problem: null } : nothing('it is not what this version writes');
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return nothing(isMissing ? null : messageOf(error));
  }
}
