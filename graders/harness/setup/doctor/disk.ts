import { statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../base/errors.ts';
import { runProgram } from '../../base/run-program.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import { type Finding, findings } from './finding.ts';

const MIB = 1024 * 1024;
/** A copy of a submission and what its script may write; a server keeps nothing on disk. */
const WANTED_BYTES = 256 * MIB;
const REMEDY = 'mkdir -p ~/tmp && export TMPDIR=~/tmp';

/** The folder for temporary files: whether files can be written and run in it, and the room it has. */
export async function examineTemporary(): Promise<Finding> {
  const { fine, limited, wrong } = findings('temporary', 'Temporary files');
  try {
    if (!(await canRunIn())) return wrong(`no program can be run in ${tmpdir()} (noexec)`, REMEDY);
    const { bavail, bsize } = await statfs(tmpdir());
    const free = bavail * bsize;
    const found = `${inWords(free)} free in ${tmpdir()}`;
    return free < WANTED_BYTES ? limited(`only ${found}: a script may use more`, REMEDY) : fine(found);
  } catch (error) {
    return wrong(messageOf(error).split('\n')[0] ?? '', REMEDY);
  }
}

/** A script's valkey-cli is a program in a temporary folder. */
async function canRunIn(): Promise<boolean> {
  const { path, remove } = await makeScratchFolder((folder) =>
    writeFile(join(folder, 'probe'), '#!/bin/sh\nexit 0\n', { mode: 0o755 }),
  );
  try {
    const { exitCode } = await runProgram(join(path, 'probe'), []);
    return exitCode === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  } finally {
    await remove();
  }
}

function inWords(bytes: number): string {
  const mib = bytes / MIB;
  return mib < 1024 ? `${Math.floor(mib)} MiB` : `${(mib / 1024).toFixed(1)} GiB`;
}
