import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessEvidence } from '../evidence/evidence.ts';
import type { ScriptLimits } from './limits.ts';

const INTERVAL_MS = 100;

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
  const look = () => {
    const excess = excessOf(first, limits);
    if (excess === null) return;
    stop();
    exceeded(excess);
  };
  const timer = setInterval(look, INTERVAL_MS);
  const stop = () => clearInterval(timer);
  return stop;
}

function excessOf(first: number, limits: ScriptLimits): Excess | null {
  const pids = descendants(first);
  if (pids.length > limits.processes) return 'too many processes';
  if (sum(pids.map(heldMemory)) <= limits.memoryBytes) return null;
  // Forked processes hold most of their memory together: each has its share of it, which takes longer to ask.
  return sum(pids.map(shareOfMemory)) > limits.memoryBytes ? 'out of memory' : null;
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

function runningProcesses(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    // No /proc: nothing can be watched.
    return [];
  }
}

/** The fourth field of /proc/PID/stat; the second is a name in brackets, which may hold anything. */
function parentOf(pid: number): number {
  const stat = read(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 1).split(' ')[2] ?? 0);
}

/** Memory of a process in bytes, with all that it shares with others but files. */
function heldMemory(pid: number): number {
  return kibibytes(read(pid, 'status'), /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm);
}

/** Its share of that: what several processes hold together is divided among them. */
function shareOfMemory(pid: number): number {
  const rollup = read(pid, 'smaps_rollup');
  // Not there before Linux 5.4, nor for a process that has taken other rights.
  return /^Pss_Anon:/m.test(rollup)
    ? kibibytes(rollup, /^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm)
    : heldMemory(pid);
}

function kibibytes(text: string, field: RegExp): number {
  return 1024 * sum([...text.matchAll(field)].map(([, number]) => Number(number)));
}

/** Synchronous: many tiny files that cost nothing but the call, which a detour through threads multiplies. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(join('/proc', String(pid), name), 'latin1');
  } catch {
    // It has ended meanwhile, or may not be read: it counts for nothing.
    return '';
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
