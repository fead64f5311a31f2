import { join } from 'node:path';
import { readKeptFile } from '../../base/document/kept-file.ts';
import { writeOutputFile } from '../../base/output-file.ts';
import type { HintsTaken } from '../../judging/hints/charge.ts';
import type { HintsFile } from './schema.ts';

/**
 * The file that keeps hints. It lies beside the learner's script and is handed in with it: only so can a
 * hint cost points wherever it is graded.
 */
export const HINTS_NAME = 'hints.json';

/** Which hints a folder says were taken, and what is wrong with its file, in words; null for nothing. */
export interface SavedHints {
  taken: HintsTaken;
  problem: string | null;
}

/** Reads which hints of a challenge were taken. A file that is broken counts as none: nobody is stopped by it. */
export async function readHints(folder: string, challenge: string): Promise<SavedHints> {
  const { content, problem } = await readFileOf(folder);
  return { taken: content.challenges[challenge] ?? {}, problem };
}

/** Saves that so many hints beyond the first of a check were taken. Throws UsageError. */
export async function saveHint(
  folder: string,
  challenge: string,
  check: string,
  taken: number,
): Promise<void> {
  const { content } = await readFileOf(folder);
  const before = content.challenges[challenge] ?? {};
  const challenges = { ...content.challenges, [challenge]: { ...before, [check]: taken } };
  const text = `${JSON.stringify({ version: 1, challenges } satisfies HintsFile, null, 2)}\n`;
  await writeOutputFile(join(folder, HINTS_NAME), text);
}

async function readFileOf(folder: string): Promise<{ content: HintsFile; problem: string | null }> {
  // Nobody waits for the validator who took no hint.
  const { content, problem } = await readKeptFile(join(folder, HINTS_NAME), async () =>
    (await import('./validate.ts')).hintsValidator(),
  );
  return { content: content ?? { version: 1, challenges: {} }, problem };
}
