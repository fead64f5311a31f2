import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NotStartedError } from '../../base/errors.ts';
import { findScript } from '../../recording/submission/find.ts';

/**
 * The folder that keeps the hints of a challenge: the one of the learner's script, or the one in which it
 * would be looked for first. Throws what finding a script throws.
 */
export async function hintFolder(challenge: string, path: string): Promise<string> {
  try {
    return dirname((await findScript(challenge, path)).path);
  } catch (error) {
    if (!(error instanceof NotStartedError)) throw error;
    for (const folder of [join(path, 'challenges', challenge), join(path, challenge)])
      if (await isFolder(folder)) return folder;
    return path;
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
