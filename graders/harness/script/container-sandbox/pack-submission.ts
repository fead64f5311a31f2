import { chmod, lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeScratchFolder, type ScratchFolder } from '../../scratch-folder.ts';
import { copySubmission, declareModuleType } from '../workspace.ts';

/**
 * Copies a script's folder to where its container can mount it, readable for whoever the script runs as.
 * Throws UsageError where the folder is too large to be a submission.
 */
export async function packSubmission(scriptPath: string): Promise<ScratchFolder> {
  const { path, remove } = await makeScratchFolder(async (folder) => {
    const submission = join(folder, 'submission');
    await copySubmission(dirname(scriptPath), submission);
    await declareModuleType(join(submission, basename(scriptPath)));
    await makeReadable(submission);
  });
  return { path: join(path, 'submission'), remove };
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
