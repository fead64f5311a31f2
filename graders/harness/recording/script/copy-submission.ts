import { copyFile, lstat, mkdir, opendir, readlink, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { isScratchFolder } from '../../base/scratch-folder.ts';
import { printable } from '../../base/text/printable.ts';
import { SubmissionLimits } from '../submission/limits.ts';
import { withOwnFiles } from '../submission/own-fault.ts';
import { PROGRESS_NAME } from '../submission/progress-name.ts';
import type { ScriptPlace } from '../submission/script.ts';

const NOT_COPIED = new Set(['node_modules', '.git', PROGRESS_NAME]);

const REMEDY = 'Put the script in a folder of its own.';

/**
 * Copies a script with its folder, without node_modules, .git and what is remembered of it, and without what is neither file, folder nor
 * link; without all of it where others' scripts lie in the folder. Throws UsageError where the folder is too large to
 * be a submission, or cannot be read: it is measured whole before anything of it is read.
 */
export async function copySubmission({ path, isApart }: ScriptPlace, target: string): Promise<void> {
  const source = dirname(path);
  const copy = async () => {
    const entries = await measure(source, isApart === true ? basename(path) : undefined);
    await mkdir(target, { recursive: true });
    // One by one: a script in the folder for temporary files has the copy beside it.
    for (const { path, kind } of entries) await copyEntry(kind, join(source, path), join(target, path));
  };
  await withOwnFiles((reason) => `The script's folder cannot be copied: ${reason}\n${REMEDY}`, copy);
}

/** What is copied: a folder before what is in it. */
interface Entry {
  /** From the submission's folder on. */
  path: string;
  kind: 'folder' | 'file' | 'link';
}

/** Lists a folder, and refuses one that is no submission, such as somebody's home, before all of it is listed. */
async function measure(source: string, only: string | undefined): Promise<Entry[]> {
  const entries: Entry[] = [];
  const folders = [''];
  let bytes = 0;
  let files = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for await (const found of await opendir(join(source, folder))) {
      if (NOT_COPIED.has(found.name) || isScratchFolder(found.name)) continue;
      if (only !== undefined && found.name !== only) continue;
      const path = join(folder, found.name);
      files += 1;
      if (found.isDirectory()) {
        folders.push(path);
        entries.push({ path, kind: 'folder' });
      } else if (found.isSymbolicLink()) {
        entries.push({ path, kind: 'link' });
      } else if (found.isFile()) {
        bytes += (await lstat(join(source, path))).size;
        entries.push({ path, kind: 'file' });
      }
      const tooMuch = excess(bytes, files, Buffer.byteLength(path));
      if (tooMuch !== null)
        throw new UsageError(
          `The script's folder is too large to be copied (${tooMuch}): ${printable(source)}\n${REMEDY}`,
        );
    }
  }
  return entries;
}

function excess(bytes: number, files: number, path: number): string | null {
  const { folderBytes, files: most, pathBytes } = SubmissionLimits;
  if (bytes > folderBytes || files > most)
    return `more than ${folderBytes / 1024 / 1024} MiB or ${most} files`;
  return path > pathBytes ? `a path of more than ${pathBytes} bytes` : null;
}

async function copyEntry(kind: Entry['kind'], source: string, target: string): Promise<void> {
  if (kind === 'folder') await mkdir(target);
  else if (kind === 'file') await copyFile(source, target);
  // As it is written there, in bytes that need not be UTF-8.
  else await symlink(await readlink(source, { encoding: 'buffer' }), target);
}
