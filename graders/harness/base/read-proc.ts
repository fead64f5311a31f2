import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of a file in /proc; empty where it is not there or may not be read. */
export function readProc(name: string): string {
  return orNothing(() => readFileSync(join('/proc', name), 'latin1')) ?? '';
}

/**
 * What is asked of /proc; undefined where there is no answer. Synchronous: many tiny files that cost nothing but the
 * call, which a detour through threads multiplies.
 */
export function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    // It has ended meanwhile, or may not be read, or there is no /proc: it counts for nothing.
    return undefined;
  }
}

/** The processes that run; none where there is no /proc. */
export function runningProcesses(): number[] {
  const names = orNothing(() => readdirSync('/proc')) ?? [];
  return names.flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
}

/** The fields of /proc/PID/stat from the third on, the state; the second is a name in brackets, which may hold anything. */
export function statFields(pid: number): string[] {
  const stat = readProc(`${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The parent of a process; not a number where it has ended. */
export function parentOf(pid: number): number {
  return Number(statFields(pid)[1]);
}
