import { readdir, readFile, readlink } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** The environment variable that marks every process of a run with the run's temporary folder. */
export const SCRATCH_VARIABLE = 'KEYSPACE_GRADER_SCRATCH';

/**
 * Ends every process that belongs to one of the temporary folders: it was started with the folder's mark
 * in its environment, or works inside the folder. This finds what left its process group (setsid, a double
 * fork). Where there is no /proc (macOS) nothing can be found.
 */
export async function endStrayProcesses(folders: readonly string[]): Promise<void> {
  // What is forked while we look is found the next time round.
  for (let round = 0; round < 5; round += 1) {
    const pids = await processesOf(folders);
    if (pids.length === 0) return;
    for (const pid of pids) kill(pid);
  }
}

async function processesOf(folders: readonly string[]): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const owned = await Promise.all(pids.map((pid) => belongsTo(pid, folders)));
  return pids.filter((_, index) => owned[index]).map(Number);
}

async function belongsTo(pid: string, folders: readonly string[]): Promise<boolean> {
  // Processes that ended meanwhile, and those of other users, cannot be read: they are not ours.
  const [environment, cwd] = await Promise.all([
    readFile(join('/proc', pid, 'environ'), 'latin1').catch(() => ''),
    readlink(join('/proc', pid, 'cwd')).catch(() => ''),
  ]);
  const variables = environment.split('\0');
  return folders.some(
    (folder) =>
      variables.includes(`${SCRATCH_VARIABLE}=${folder}`) || cwd === folder || cwd.startsWith(folder + sep),
  );
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
