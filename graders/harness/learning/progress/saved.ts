import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { writeOutputFile } from '../../base/output-file.ts';
import { PROGRESS_NAME } from '../../recording/submission/progress-name.ts';
import type { ProgressFile } from './schema.ts';

/** A file that is larger than this, in bytes, is none of ours. */
const SIZE_LIMIT = 64 * 1024;

/** What a folder remembers of its solution, null for nothing; and what is wrong with its file, null for nothing. */
export interface SavedProgress {
  saved: ProgressFile | null;
  problem: string | null;
}

/** Reads what is remembered of a challenge's solution. A file that is broken counts as none: nobody is stopped by it. */
export async function readProgress(folder: string, challenge: string): Promise<SavedProgress> {
  const nothing = (problem: string | null) => ({ saved: null, problem });
  const path = join(folder, PROGRESS_NAME);
  try {
    // Anybody may have put it there: a FIFO would be waited for, and what a link leads to is not to be read.
    const found = await lstat(path);
    if (!found.isFile()) return nothing('it is not a plain file');
    if (found.size > SIZE_LIMIT) return nothing('it is too large');
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    const { progressValidator } = await import('./validate.ts');
    if (!progressValidator()(content)) return nothing('it is not what this version writes');
    return content.challenge === challenge ? { saved: content, problem: null } : nothing(null);
  } catch (error) {
    const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return nothing(isMissing ? null : messageOf(error));
  }
}

/** Remembers what a solution came to; the same once more is not written again. Throws UsageError. */
export async function saveProgress(folder: string, content: ProgressFile): Promise<void> {
  const { saved } = await readProgress(folder, content.challenge);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (saved !== null && `${JSON.stringify(saved, null, 2)}\n` === text) return;
  await writeOutputFile(join(folder, PROGRESS_NAME), text);
}
