import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { InfrastructureError, isFull, messageOf } from './errors.ts';
import { ownerToken } from './owner.ts';
import { printable } from './text/printable.ts';

/**
 * What a temporary folder is for: `files` that are read and written; `programs` that are run from it, on a PATH; or
 * `sockets` that are opened in it.
 */
export type ScratchUse = 'files' | 'programs' | 'sockets';

/** The longest path, in bytes, at which every system opens a unix socket (macOS: 103). */
export const SOCKET_PATH_LIMIT = 103;
/** What a socket's path has behind the name of a temporary folder. */
const SOCKET_NAME = 'XXXXXX/socket/valkey.sock';

/** How the name of every temporary folder of ours begins. */
export const SCRATCH_PREFIX = 'keyspace-grader.';

/** How the names of those of this process begin. */
export function ownPrefix(): string {
  return `${SCRATCH_PREFIX}${ownerToken()}.`;
}

/** A folder that was tried, and why it is of no use; null if it is. */
export interface TriedRoot {
  path: string;
  problem: string | null;
}

/** What was found out for a list of folders: trying starts a program. */
const found = new Map<string, TriedRoot[]>();

/**
 * The folder in which temporary folders are made: the system's, or another one if that is of no use for this. A hardened
 * machine runs no program from its folder for temporary files. Throws InfrastructureError if no program can be run
 * anywhere.
 */
export function scratchRoot(use: ScratchUse): string {
  if (use === 'files') return tmpdir();
  if (use === 'sockets') return [tmpdir(), SHARED].find(hasRoomForSockets) ?? tmpdir();
  const tried = rootsForPrograms();
  const usable = tried.find(({ problem }) => problem === null);
  if (usable) return usable.path;
  const problems = tried.map(({ path, problem }) => `  ${printable(path)}: ${problem}`);
  throw new InfrastructureError(
    `No folder for temporary files can run programs, which a script needs:\n${problems.join('\n')}\nSet TMPDIR to a folder that is not mounted noexec.`,
  );
}

/** Where this machine has its folder for temporary files, whatever TMPDIR says. */
const SHARED = '/tmp';

/** Where programs may be run from, in the order in which it is tried, up to the first that is of use. */
export function rootsForPrograms(): readonly TriedRoot[] {
  const candidates = [...new Set([tmpdir(), SHARED, cachedRoot()])];
  const key = candidates.join('\0');
  const known = found.get(key);
  if (known) return known;
  const tried: TriedRoot[] = [];
  for (const path of candidates) {
    const problem = problemWith(path);
    tried.push({ path, problem });
    if (problem === null) break;
  }
  found.set(key, tried);
  return tried;
}

/** The folder of ours that is taken last; what a dead run left in it is swept, too. */
export function cachedRoot(): string {
  return join(cacheFolder(), 'tmp');
}

function hasRoomForSockets(path: string): boolean {
  return Buffer.byteLength(join(path, `${ownPrefix()}${SOCKET_NAME}`)) <= SOCKET_PATH_LIMIT;
}

/** Runs a program that lies in a folder: whether a file system lets us, nothing else tells for certain. */
function problemWith(path: string): string | null {
  let folder: string | undefined;
  try {
    // The folder for temporary files is there or it is not for us to make.
    if (path === cachedRoot()) mkdirSync(path, { recursive: true, mode: 0o700 });
    folder = mkdtempSync(join(realpathSync(path), ownPrefix()));
    if (folder.includes(delimiter)) return `its name holds a "${delimiter}", which separates folders in PATH`;
    const program = join(folder, 'probe');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const { status, error } = spawnSync(program, { stdio: 'ignore' });
    if (status === 0) return null;
    const isRefused = (error as NodeJS.ErrnoException | undefined)?.code === 'EACCES';
    return isRefused
      ? 'no program can be run in it (noexec)'
      : `a program fails in it: ${messageOf(error ?? status)}`;
  } catch (error) {
    // A full disk says nothing of this, and is told by whoever needs room.
    return isFull(error) ? null : messageOf(error);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
