import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { orNothing, readProc } from '../../base/read-proc.ts';

/**
 * True where processes hold more memory together than so many bytes: their own, what they share, and what they have
 * put into files that are memory, whether they have mapped them or not. Not seen is what nobody holds open: files in a
 * tmpfs, segments of System V, and what is on its way through a socket.
 */
export function holdMoreThan(limit: number, pids: readonly number[]): boolean {
  const held = sum(pids.map(heldMemory));
  // No more than the whole system holds in files that are memory: most of the time, nobody need look for them.
  if (held + kibibytes(readProc('meminfo'), /^Shmem:\s+(\d+) kB$/gm) <= limit) return false;
  const files = openMemoryFiles(pids);
  const inFiles = sum([...files.values()]);
  if (held + inFiles <= limit) return false;
  // Forked processes hold most of their memory together: each has its share of it, which takes longer to ask.
  const own = sum(pids.map(shareOfMemory)) + inFiles;
  // What is mapped of these files was counted twice.
  return own > limit && own - mappedOf(files, pids) > limit;
}

/** Memory of a process in bytes, with all that it shares with others but files. */
function heldMemory(pid: number): number {
  return kibibytes(readProc(`${pid}/status`), /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm);
}

/** Its share of that: what several processes hold together is divided among them. */
function shareOfMemory(pid: number): number {
  const rollup = readProc(`${pid}/smaps_rollup`);
  // Not there before Linux 5.4, nor for a process that has taken other rights.
  return /^Pss_Anon:/m.test(rollup)
    ? kibibytes(rollup, /^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm)
    : heldMemory(pid);
}

/** What the name of an open file begins with that lies in memory: those of memfd_create, and of POSIX shared memory. */
const IN_MEMORY = /^\/(?:memfd:|dev\/shm\/)/;

/** The files in memory that processes hold open, by device and number, and what each takes, in bytes. */
function openMemoryFiles(pids: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const pid of pids) {
    for (const descriptor of orNothing(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
      const path = `/proc/${pid}/fd/${descriptor}`;
      if (!IN_MEMORY.test(orNothing(() => readlinkSync(path)) ?? '')) continue;
      const file = orNothing(() => statSync(path, { bigint: true }));
      if (file) found.set(inodeName(file.dev, file.ino), 512 * Number(file.blocks));
    }
  }
  return found;
}

/** The shares that processes have mapped of these files, in bytes. */
function mappedOf(files: ReadonlyMap<string, number>, pids: readonly number[]): number {
  if (files.size === 0) return 0;
  let kib = 0;
  for (const pid of pids) {
    let isOne = false;
    for (const line of readProc(`${pid}/smaps`).split('\n')) {
      const mapping = /^[0-9a-f]+-[0-9a-f]+ \S+ \S+ ([0-9a-f]+):([0-9a-f]+) (\d+)/.exec(line);
      if (mapping) isOne = files.has(`${mapping[1]}:${mapping[2]}:${mapping[3]}`);
      else if (isOne) kib += Number(/^Pss:\s+(\d+) kB$/.exec(line)?.[1] ?? 0);
    }
  }
  return 1024 * kib;
}

/** As smaps has it: the two parts of a device's number in hexadecimal, and the file's. */
function inodeName(device: bigint, inode: bigint): string {
  const major = (device >> 8n) & 0xfffn;
  const minor = (device & 0xffn) | ((device >> 12n) & 0xfff00n);
  return `${[major, minor].map((part) => part.toString(16).padStart(2, '0')).join(':')}:${inode}`;
}

function kibibytes(text: string, field: RegExp): number {
  return 1024 * sum([...text.matchAll(field)].map(([, number]) => Number(number)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
