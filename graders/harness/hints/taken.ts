import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../errors.ts';
import { writeOutputFile } from '../output-file.ts';

/** How many hints beyond the first were taken, by the id of the check. */
export type HintsTaken = Record<string, number>;

/**
 * The file that remembers hints. It lies beside the learner's script and is handed in with it: only so can a
 * hint cost points wherever it is graded.
 */
export const HINTS_NAME = 'hints.json';

const VERSION = 1;
/** A file that is larger than this, in bytes, is none of ours. */
const SIZE_LIMIT = 64 * 1024;

interface HintsFile {
  version: typeof VERSION;
  /** By the id of the challenge: one folder may hold the scripts of several. */
  challenges: Record<string, HintsTaken>;
}

/** What a folder remembers, and what is wrong with its file, in words; null for nothing. */
export interface RememberedHints {
  taken: HintsTaken;
  problem: string | null;
}

/** Reads which hints of a challenge were taken. A file that is broken counts as none: nobody is stopped by it. */
export async function readHints(folder: string, challenge: string): Promise<RememberedHints> {
  const { content, problem } = await readFileOf(folder);
  return { taken: content.challenges[challenge] ?? {}, problem };
}

/** Remembers that so many hints beyond the first of a check were taken. Throws UsageError. */
export async function rememberHint(
  folder: string,
  challenge: string,
  check: string,
  taken: number,
): Promise<void> {
  const { content } = await readFileOf(folder);
  const before = content.challenges[challenge] ?? {};
  const challenges = { ...content.challenges, [challenge]: { ...before, [check]: taken } };
  const text = `${JSON.stringify({ version: VERSION, challenges } satisfies HintsFile, null, 2)}\n`;
  await writeOutputFile(join(folder, HINTS_NAME), text);
}

async function readFileOf(folder: string): Promise<{ content: HintsFile; problem: string | null }> {
  const nothing: HintsFile = { version: VERSION, challenges: {} };
  const path = join(folder, HINTS_NAME);
  try {
    // A learner made it: a FIFO would be waited for, and what a link leads to is not to be read.
    const found = await lstat(path);
    if (!found.isFile()) return { content: nothing, problem: 'it is not a plain file' };
    if (found.size > SIZE_LIMIT) return { content: nothing, problem: 'it is too large' };
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isHintsFile(content)
      ? { content, problem: null }
      : { content: nothing, problem: 'it is not what this version writes' };
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
    return { content: nothing, problem: missing ? null : messageOf(error) };
  }
}

function isHintsFile(content: unknown): content is HintsFile {
  if (!isObject(content) || content.version !== VERSION || !isObject(content.challenges)) return false;
  return Object.values(content.challenges).every(
    (checks) => isObject(checks) && Object.values(checks).every(isCount),
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
