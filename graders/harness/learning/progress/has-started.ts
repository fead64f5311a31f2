import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NotStartedError, UsageError } from '../../base/errors.ts';
import { readPlainFile } from '../../base/plain-file.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { parseCommandFile } from '../../recording/script/command-file/parse.ts';
import { findScript } from '../../recording/submission/find.ts';
import { readCommandFile } from '../../recording/submission/read-script.ts';
import type { Script } from '../../recording/submission/script.ts';

/**
 * True where a folder holds something of the learner's own for a challenge: a script that is not the starter
 * any more. What is there but of no use, such as two solutions, counts: grading says what is wrong with it.
 */
export async function hasStarted(challenge: string, path: string, collection: Collection): Promise<boolean> {
  try {
    const script = await findScript(challenge, path);
    return !(await isBlank(script)) && !(await isStarter(script, challenge, collection));
  } catch (error) {
    if (error instanceof NotStartedError) return false;
    if (error instanceof UsageError) return true;
    throw error;
  }
}

/** A command file with comments alone, as starters are. */
async function isBlank({ path, language }: Script): Promise<boolean> {
  if (language.id !== 'command-file') return false;
  const { commands, problems } = parseCommandFile(await readCommandFile(path));
  return commands.length === 0 && problems.length === 0;
}

/** The very text that the collection gives its learners; in the collection itself that says nothing. */
async function isStarter(
  { path, name }: Script,
  challenge: string,
  collection: Collection,
): Promise<boolean> {
  const starter = join(collection.challenges, challenge, name);
  if (starter === path) return false;
  const text = readPlainFile(starter);
  return text?.equals(await readFile(path)) ?? false;
}
