import { statfs } from 'node:fs/promises';
import { messageOf } from '../../base/errors.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { rootsForPrograms } from '../../base/scratch-root.ts';
import { printable } from '../../base/text/printable.ts';
import { type Finding, findings } from './finding.ts';

const MIB = 1024 * 1024;
/** A copy of a submission and what its script may write; a server keeps nothing on disk. */
const WANTED_BYTES = 256 * MIB;
const REMEDY = 'mkdir -p ~/tmp && export TMPDIR=~/tmp';

/** The folder for temporary files: whether files can be written and run in it, and the room it has. */
export async function examineTemporary(): Promise<Finding> {
  const { fine, limited, wrong } = findings('temporary', 'Temporary files');
  try {
    const { remove } = await makeScratchFolder();
    await remove();
    const roots = rootsForPrograms();
    const where = roots.find(({ problem }) => problem === null)?.path;
    const tried = roots.flatMap(({ path, problem }) => (problem === null ? [] : [`${path}: ${problem}`]));
    if (where === undefined) return wrong(`no folder can run programs: ${tried.join('; ')}`, REMEDY);
    const { bavail, bsize } = await statfs(where);
    const free = bavail * bsize;
    const found = [`${inWords(free)} free in ${where}`, ...tried].map(printable).join('; ');
    return free < WANTED_BYTES ? limited(`only ${found}: a script may use more`, REMEDY) : fine(found);
  } catch (error) {
    return wrong(messageOf(error).split('\n')[0] ?? '', REMEDY);
  }
}

function inWords(bytes: number): string {
  const mib = bytes / MIB;
  return mib < 1024 ? `${Math.floor(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}
