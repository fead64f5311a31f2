import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessEvidence } from '../evidence/evidence.ts';
import type { ScriptLimits } from './limits.ts';

const INTERVAL_MS = 100;
/** Nearly every Linux has pages of this size; where they are larger, more memory is let pass. */
const PAGE_BYTES = 4096;

type Excess = Extract<ProcessEvidence['ended'], 'out of memory' | 'too many processes'>;

/**
 * Watches a script's processes together: how many there are, and the memory that they hold. Calls back once,
 * when they exceed a limit. What the system limits by itself is counted for each process (memory) or for
 * each user (processes), and does not bind root.
 * `first` is the process that made the script's process namespace. Returns a function that ends the watch.
 * Where there is no /proc nothing is watched.
 */
export function watchProcesses(
  first: number,
  limits: ScriptLimits,
  exceeded: (excess: Excess) => void,
): () => void {
  let stopped = false;
  const look = async () => {
    const excess = await excessOf(first, limits);
    if (excess === null || stopped) return;
    stop();
    exceeded(excess);
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  const stop = () => {
    stopped = true;
    clearInterval(timer);
  };
  return stop;
}

async function excessOf(first: number, limits: ScriptLimits): Promise<Excess | null> {
  const pids = await processesOf(first);
  if (pids.length > limits.processes) return 'too many processes';
  const memory = await Promise.all(pids.map(memoryOf));
  return memory.reduce((sum, bytes) => sum + bytes, 0) > limits.memoryBytes ? 'out of memory' : null;
}

/** The processes in the namespace that a process made for its children. */
async function processesOf(first: number): Promise<string[]> {
  // Processes that end meanwhile cannot be read: they count for nothing any more.
  const namespace = await readlink(join('/proc', String(first), 'ns', 'pid_for_children')).catch(() => null);
  if (namespace === null) return [];
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  const links = await Promise.all(
    pids.map((pid) => readlink(join('/proc', pid, 'ns', 'pid')).catch(() => '')),
  );
  return pids.filter((_, index) => links[index] === namespace);
}

/** Memory of a process in bytes, without what it shares with others (fields 2 and 3 of /proc/PID/statm). */
async function memoryOf(pid: string): Promise<number> {
  const statm = await readFile(join('/proc', pid, 'statm'), 'latin1').catch(() => '0 0 0');
  const [, resident = 0, shared = 0] = statm.split(' ').map(Number);
  return (resident - shared) * PAGE_BYTES;
}
