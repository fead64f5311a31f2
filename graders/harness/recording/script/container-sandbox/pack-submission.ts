import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratchFolder } from '../../../base/scratch-folder.ts';
import type { ScriptPlace } from '../../submission/script.ts';
import { type Copied, copySubmission } from '../copy-submission.ts';
import { endModuleSearch, MANIFEST } from '../workspace.ts';

/** A submission that a container can mount. */
export interface PackedSubmission {
  /** The copy of the script's folder. */
  submission: string;
  /** The package.json that is to stand in the folder around it. */
  manifest: string;
  /** The folder around the submission's copy, for what else is to stand beside it. */
  folder: string;
  remove(): Promise<void>;
  /** What lies beside the script and was not copied. */
  leftBehind: Copied['leftBehind'];
}

/**
 * Copies a script's folder to where its container can mount it, readable for whoever the script runs as.
 * Throws UsageError if the script itself cannot be copied.
 */
export async function packSubmission(script: ScriptPlace): Promise<PackedSubmission> {
  const { path, remove, filled } = await makeScratchFolder(async (folder) => {
    const copied = await copySubmission(script, join(folder, 'submission'));
    await endModuleSearch(script.path, folder);
    await Promise.all(['submission', MANIFEST].map((name) => makeReadable(join(folder, name))));
    return copied;
  });
  const [submission, manifest] = [join(path, 'submission'), join(path, MANIFEST)];
  return { folder: path, submission, manifest, remove, leftBehind: filled.leftBehind };
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
