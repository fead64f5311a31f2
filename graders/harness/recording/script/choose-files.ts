import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { access, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isScratchFolder } from '../../base/scratch-folder.ts';
import type { LeftBehind } from '../../evidence/evidence.ts';
import type { CopyLimits } from '../submission/limits.ts';
import { isOurs } from '../submission/own-fault.ts';
import { PROGRESS_NAME } from '../submission/progress-name.ts';

/** What is never copied: packages are linked where they can be, and the rest is no part of a submission. */
const NOT_COPIED = new Set(['node_modules', '.git', PROGRESS_NAME]);

/** Something that goes along with a script. */
export interface Entry {
  /** From the submission's folder on. */
  path: string;
  kind: 'folder' | 'file' | 'link';
}

/** Something that stays where it is, and why. */
export type Left = LeftBehind['first'][number];

/** What goes along, a folder before what is in it, and what does not. */
export interface Chosen {
  entries: Entry[];
  left: Left[];
}

/** How much may still go along. */
interface Room {
  bytes: number;
  files: number;
  /** Of each. */
  pathBytes: number;
}

/**
 * Chooses what goes along with a script: the nearest first, until there is no room. Folders that hold tools, not work
 * (hidden ones, Python's environments and caches) come last, each as a whole or not at all. Nothing is refused: what a
 * learner keeps beside a script costs no points. The same folder always gives the same choice. Throws
 * what the system says if the machine is at fault.
 */
export async function chooseFiles(
  source: string,
  script: { name: string; bytes: number },
  limits: CopyLimits,
): Promise<Chosen> {
  const isLink = (await lstat(join(source, script.name))).isSymbolicLink();
  const room: Room = {
    bytes: limits.folderBytes - script.bytes,
    files: limits.files - 1,
    pathBytes: limits.pathBytes,
  };
  const chosen = await chooseBelow(source, '', room, script.name);
  chosen.entries.unshift({ path: script.name, kind: isLink ? 'link' : 'file' });
  for (const tools of chosen.tools) {
    const rest = { ...room };
    const whole = await chooseBelow(source, tools, rest);
    rest.files -= 1;
    if (whole.left.some(({ why }) => why === 'too large') || rest.files < 0) {
      chosen.left.push({ path: tools, why: 'too large' });
      continue;
    }
    Object.assign(room, rest);
    chosen.entries.push({ path: tools, kind: 'folder' }, ...whole.entries);
    chosen.left.push(...whole.left);
  }
  return chosen;
}

/**
 * Chooses from one folder and those in it, and takes what is chosen from the room. Where the script is named, folders
 * that hold tools are only listed.
 */
async function chooseBelow(
  source: string,
  start: string,
  room: Room,
  script?: string,
): Promise<Chosen & { tools: string[] }> {
  const entries: Entry[] = [];
  const left: Left[] = [];
  const tools: string[] = [];
  const folders = [start];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const found = room.files > 0 ? await list(join(source, folder)) : 'too large';
    if (typeof found === 'string') {
      left.push({ path: folder || '.', why: found });
      continue;
    }
    for (const entry of found) {
      const name = entry.name.toString();
      const path = join(folder, name);
      if (NOT_COPIED.has(name) || isScratchFolder(name) || path === script) continue;
      if (!isUtf8(entry.name)) {
        left.push({ path, why: 'name' });
        continue;
      }
      const kind = kindOf(entry);
      if (kind === undefined) continue;
      const why = await excess(join(source, path), path, kind, room);
      if (why !== undefined) left.push({ path, why });
      else if (script !== undefined && kind === 'folder' && (await holdsTools(join(source, path), name)))
        tools.push(path);
      else {
        room.files -= 1;
        entries.push({ path, kind });
        if (kind === 'folder') folders.push(path);
      }
    }
  }
  return { entries, left, tools };
}

/** What is in a folder, in order; why it is not known for one that cannot be read. */
async function list(folder: string): Promise<Dirent<Buffer>[] | Left['why']> {
  try {
    const found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    return found.sort((left, right) => Buffer.compare(left.name, right.name));
  } catch (error) {
    if (isOurs(error)) throw error;
    return 'unreadable';
  }
}

/** Undefined for what is neither file, folder nor link: a FIFO would be waited for. */
function kindOf(entry: Dirent<Buffer>): Entry['kind'] | undefined {
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'link';
  return entry.isFile() ? 'file' : undefined;
}

/** Why something has to stay; undefined where it goes along, and the bytes of a file are taken from the room. */
async function excess(
  file: string,
  path: string,
  kind: Entry['kind'],
  room: Room,
): Promise<Left['why'] | undefined> {
  if (Buffer.byteLength(path) > room.pathBytes) return 'path';
  if (room.files <= 0) return 'too large';
  if (kind !== 'file') return undefined;
  // By the size that it has: one that is mostly holes takes no room where it lies.
  const size = await sizeOf(file);
  if (size === undefined) return 'unreadable';
  if (size > room.bytes) return 'too large';
  room.bytes -= size;
  return undefined;
}

/** Undefined for one that is gone meanwhile. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await lstat(file)).size;
  } catch (error) {
    if (isOurs(error)) throw error;
    return undefined;
  }
}

/** True for a folder in which programs keep things, and people do not write. */
async function holdsTools(folder: string, name: string): Promise<boolean> {
  return name.startsWith('.') || name === '__pycache__' || isPythonEnvironment(folder);
}

/** True for what `python3 -m venv` makes. */
export function isPythonEnvironment(folder: string): Promise<boolean> {
  return access(join(folder, 'pyvenv.cfg')).then(
    () => true,
    () => false,
  );
}
