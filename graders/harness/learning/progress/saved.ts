import { join } from 'node:path';
import { readKeptFile } from '../../base/document/kept-file.ts';
import { writeOutputFile } from '../../base/output-file.ts';
import { PROGRESS_NAME } from '../../recording/submission/progress-name.ts';
import type { ProgressFile } from './schema.ts';

/** What a folder remembers of its solution, null for nothing; and what is wrong with its file, null for nothing. */
export interface SavedProgress {
  saved: ProgressFile | null;
  problem: string | null;
}

/** Reads what is remembered of a challenge's solution. A file that is broken counts as none: nobody is stopped by it. */
export async function readProgress(folder: string, challenge: string): Promise<SavedProgress> {
  const { content, problem } = await readKeptFile(join(folder, PROGRESS_NAME), async () =>
    (await import('./validate.ts')).progressValidator(),
  );
  return { saved: content?.challenge === challenge ? content : null, problem };
}

/** Remembers what a solution came to; the same once more is not written again. Throws UsageError. */
export async function saveProgress(folder: string, content: ProgressFile): Promise<void> {
  const { saved } = await readProgress(folder, content.challenge);
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (saved !== null && `${JSON.stringify(saved, null, 2)}\n` === text) return;
  await writeOutputFile(join(folder, PROGRESS_NAME), text);
}
