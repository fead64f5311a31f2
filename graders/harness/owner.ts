import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process so that a later one can tell whether it still runs: what a dead run left behind
 * (containers, folders, servers) is swept at the next start, what a living one uses is not.
 * Form: `<host>.<pid namespace>.<pid>.<start time>`; the last part guards against a pid used again.
 */
export function ownerToken(): string {
  return `${host()}.${pidNamespace()}.${process.pid}.${startTime(process.pid)}`;
}

/** What can be said of an owner: processes of another host or namespace cannot be seen from here. */
export type OwnerState = 'alive' | 'dead' | 'unknown';

/** Tells whether the process that a token names still runs. */
export function ownerState(token: string): OwnerState {
  const [ownerHost, namespace, pid, started] = token.split('.');
  if (ownerHost !== host() || namespace !== pidNamespace()) return 'unknown';
  const id = Number(pid);
  if (!Number.isInteger(id) || id <= 0) return 'unknown';
  try {
    process.kill(id, 0);
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : 'dead';
  }
  const now = startTime(id);
  return now !== '0' && started !== '0' && now !== started ? 'dead' : 'alive';
}

function host(): string {
  return hostname().replace(/[^A-Za-z0-9-]/g, '-');
}

/** The inode of the pid namespace: two containers on one host may both have a process 7. `0` where there is no /proc. */
function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    // No /proc (macOS): one namespace for all.
    return '0';
  }
}

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat); `0` where it cannot be told. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in brackets, may hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    // No /proc, or the process has just ended.
    return '0';
  }
}
