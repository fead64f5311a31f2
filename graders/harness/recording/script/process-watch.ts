import { parentOf, runningProcesses } from '../../base/read-proc.ts';
import type { ProcessEvidence } from '../../evidence/evidence.ts';
import { holdMoreThan } from './held-memory.ts';
import type { ScriptLimits } from './limits.ts';

const INTERVAL_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

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
  let timer = setTimeout(look, INTERVAL_MS);
  function look(): void {
    const began = performance.now();
    const excess = excessOf(first, limits);
    // Many processes with many files make looking slow: it is not to keep the grader from its work.
    const pause = Math.min(Math.max(INTERVAL_MS, 10 * (performance.now() - began)), LONGEST_PAUSE_MS);
    if (excess === null) timer = setTimeout(look, pause);
    else exceeded(excess);
  }
  return () => clearTimeout(timer);
}

function excessOf(first: number, { processes, memoryBytes }: ScriptLimits): Excess | null {
  const pids = descendants(first);
  if (pids.length > processes) return 'too many processes';
  return holdMoreThan(memoryBytes, pids) ? 'out of memory' : null;
}

/**
 * All that descends from a process. Orphans are given to the first process of their namespace, which
 * descends from ours as well, and so does a further namespace that the script makes.
 */
function descendants(first: number): number[] {
  const children = new Map<number, number[]>();
  for (const pid of runningProcesses()) {
    const parent = parentOf(pid);
    const siblings = children.get(parent);
    if (siblings) siblings.push(pid);
    else children.set(parent, [pid]);
  }
  const found: number[] = [];
  for (let wave = [first]; wave.length > 0; ) {
    wave = wave.flatMap((pid) => children.get(pid) ?? []);
    found.push(...wave);
  }
  return found;
}
