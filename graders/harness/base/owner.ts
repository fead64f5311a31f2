import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process so that a later one can tell whether it still runs: what a dead run left behind
 * (containers, folders, servers) is swept at the next start, what a living one uses is not.
 * Form: `<host>.<pid namespace>.<pid>.<start>`; the last part guards against a pid used again.
 */
export function ownerToken(): string {
  token ??= `${host()}.${pidNamespace()}.${process.pid}.${startOf(process.pid)}`;
  return token;
}

/** It stays the same, and on macOS a program is run for it. */
let token: string | undefined;

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
  const now = startOf(id);
  if (now === undefined) return 'dead';
  // Versions before wrote other numbers, without the letter: while such a process runs, it is taken for its own.
  const isComparable = now.startsWith(MARK) && started?.startsWith(MARK) === true;
  return isComparable && now !== started ? 'dead' : 'alive';
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

const UNKNOWN = '0';
/** What the numbers of {@link startOf} begin with. */
const MARK = 's';

/**
 * A number that tells a process from an earlier one with its pid, also from one before a restart of the machine.
 * {@link UNKNOWN} if there is none; undefined if the process has ended.
 */
function startOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    // No /proc, or the process has just ended.
    return process.platform === 'darwin' ? startOnMac(pid) : UNKNOWN;
  }
  // The command's name, in brackets, may hold spaces and brackets. Behind it: the state first, and as the 20th the
  // start in clock ticks since the machine was started.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // It was killed, and its parent has not asked for its exit code yet.
  if (fields[0] === 'Z') return undefined;
  return `${MARK}${(Number(fields[19]) ^ bootNumber()) >>> 0}`;
}

/** Another number after each start of the machine. */
function bootNumber(): number {
  try {
    return Number.parseInt(readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8), 16);
  } catch {
    // Some sandboxes hide it: the ticks alone have to do.
    return 0;
  }
}

function startOnMac(pid: number): string {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = spawnSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], { env, encoding: 'utf8' });
  const start = Date.parse(`${stdout} UTC`) / 1000;
  return Number.isNaN(start) ? UNKNOWN : `${MARK}${start}`;
}
