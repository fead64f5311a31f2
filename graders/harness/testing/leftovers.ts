import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentOf, runningProcesses } from '../base/read-proc.ts';
import { OWNER_LABEL } from '../recording/engine/docker/owner-label.ts';

/** A process that still runs. */
export interface LeftProcess {
  pid: number;
  commandLine: string;
}

/**
 * The processes that belong to gradings with a temporary folder: they work in one of the folders that these
 * made in it, or have its path in their environment or on their command line.
 */
export async function processesIn(temporary: string): Promise<LeftProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const path = join(temporary, 'keyspace-grader.');
  const found = await Promise.all(
    pids.map(async (pid) => {
      // What ends meanwhile cannot be read, and is not left.
      const [cwd, environment, commandLine] = await Promise.all([
        readlink(join('/proc', pid, 'cwd')).catch(() => ''),
        readFile(join('/proc', pid, 'environ'), 'latin1').catch(() => ''),
        readFile(join('/proc', pid, 'cmdline'), 'latin1').catch(() => ''),
      ]);
      const belongs = cwd.startsWith(path) || environment.includes(path) || commandLine.includes(path);
      return belongs ? [{ pid: Number(pid), commandLine: commandLine.replaceAll('\0', ' ') }] : [];
    }),
  );
  return found.flat();
}

/** A grader's process, and the processes of its pool. */
export class Family {
  readonly #first: number;
  readonly #pids: Set<number>;

  constructor(first: number) {
    this.#first = first;
    this.#pids = new Set([first]);
  }

  /** All that were seen so far, also those that have ended. Looks again. */
  pids(): number[] {
    for (const pid of runningProcesses()) if (parentOf(pid) === this.#first) this.#pids.add(pid);
    return [...this.#pids];
  }

  /** Kills all of them that run, as a power cut would. */
  kill(): void {
    for (const pid of this.pids().reverse()) if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL');
  }
}

/** The ids of the containers that a grader's process, or one of its pool's, owns, running or not. */
export function containersOf(owner: number | Family): string[] {
  const pids = new Set((typeof owner === 'number' ? [owner] : owner.pids()).map(String));
  const format = `{{.ID}} {{.Label "${OWNER_LABEL}"}}`;
  return execFileSync('docker', [
    ...['ps', '--all', '--no-trunc', '--filter', `label=${OWNER_LABEL}`, '--format', format],
  ])
    .toString()
    .split('\n')
    .filter((line) => pids.has(line.split('.')[2] ?? ''))
    .map((line) => line.split(' ')[0] ?? '');
}

/** Waits for something to come about; looks again and again, and gives back what it found. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 45_000,
): Promise<T> {
  for (const limit = Date.now() + limitMs; ; await sleep(10)) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error('it never came about');
  }
}

/** Waits until a file is there. */
export async function untilThere(path: string): Promise<void> {
  await eventually(() => existsSync(path) || undefined);
}
