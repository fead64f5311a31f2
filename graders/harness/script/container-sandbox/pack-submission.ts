import { chmod, lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeScratchFolder, type ScratchFolder } from '../../scratch-folder.ts';
import { copySubmission, declareModuleType } from '../workspace.ts';

/**
 * Copies a script's folder to where its container can mount it, readable for whoever the script runs as.
 * Throws UsageError where the folder is too large to be a submission.
 */
export async function packSubmission(scriptPath: string): Promise<ScratchFolder> {
  const scratch = await makeScratchFolder();
  const path = join(scratch.path, 'submission');
  await copySubmission(dirname(scriptPath), path);
  await declareModuleType(join(path, basename(scriptPath)));
  await makeReadable(path);
  return { path, remove: scratch.remove };
}

async function makeReadable(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return;
  // What may be executed stays so.
  const executable = found.isDirectory() || (found.mode & 0o100) !== 0;
  await chmod(path, executable ? 0o755 : 0o644);
  if (found.isDirectory())
    await Promise.all((await readdir(path)).map((name) => makeReadable(join(path, name))));
}
