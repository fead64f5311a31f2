import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { relative } from 'node:path';
import { UsageError } from './errors.ts';
import { printable } from './text/printable.ts';

/** A file that somebody named, and that cannot be read. The message names it, and what is in its place. */
export class UnreadableFileError extends UsageError {
  /** Why, without the file's name. */
  readonly problem: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${printable(file)} cannot be read: ${problem}`, options);
    this.problem = problem;
  }
}

/** The most that a file of settings, lists or tasks may have, in bytes. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What is opened in this way is never waited for, as a FIFO that nobody writes to would be. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Reads a file of at most `mostBytes`; null where there is none. Anything may stand in its place: nothing is waited
 * for, and no more is read than is taken. Throws UnreadableFileError.
 */
export function readPlainFile(path: string, mostBytes = MOST_BYTES): Buffer | null {
  let file: number;
  try {
    file = openSync(path, FLAGS);
  } catch (error) {
    return nothingOr(path, error);
  }
  try {
    const problem = problemOf(fstatSync(file), mostBytes);
    if (problem !== null) throw new UnreadableFileError(path, problem);
    const content = readUpTo(file, mostBytes);
    // It grew meanwhile, or the system does not tell how large it is.
    if (content.length > mostBytes) throw new UnreadableFileError(path, tooMuch(mostBytes));
    return content;
  } finally {
    closeSync(file);
  }
}

/**
 * Like {@link readPlainFile}, without keeping others waiting, for a file that must be there. A pipe that a shell opened
 * (`<(…)`) is read, too: its writer runs. Throws UnreadableFileError.
 */
export async function readNamedFile(path: string, mostBytes = MOST_BYTES): Promise<Buffer> {
  try {
    const opened = isOpenedByShell(path);
    const file = await open(path, opened ? 'r' : FLAGS);
    try {
      const problem = problemOf(await file.stat(), mostBytes);
      if (problem !== null && !opened) throw new UnreadableFileError(path, problem);
      const parts: Buffer[] = [];
      let bytes = 0;
      for await (const part of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) {
        parts.push(part as Buffer);
        bytes += (part as Buffer).length;
        if (bytes > mostBytes) throw new UnreadableFileError(path, tooMuch(mostBytes));
      }
      return Buffer.concat(parts);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    throw new UnreadableFileError(path, reasonOf(error), { cause: error });
  }
}

/** The text of a document. It is named as seen from the current folder in what goes wrong. Throws UnreadableFileError. */
export async function readTextOf(path: string, mostBytes = MOST_BYTES): Promise<string> {
  const name = relative(process.cwd(), path);
  return (await readNamedFile(name.startsWith('..') || name === '' ? path : name, mostBytes)).toString();
}

/**
 * Refuses what is no plain file, before it is opened in a way that would wait for somebody at its other end. A file
 * that is not there is fine. Throws UnreadableFileError.
 */
export function requirePlainFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  const problem = found && problemOf(found, Number.POSITIVE_INFINITY);
  if (problem) throw new UnreadableFileError(path, problem);
}

function isOpenedByShell(path: string): boolean {
  return /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/.test(path);
}

function readUpTo(file: number, mostBytes: number): Buffer {
  const parts: Buffer[] = [];
  let bytes = 0;
  while (bytes <= mostBytes) {
    const part = Buffer.alloc(Math.min(1024 * 1024, mostBytes + 1));
    const read = readSync(file, part);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    bytes += read;
  }
  return Buffer.concat(parts);
}

function problemOf(
  found: { isFile(): boolean; isDirectory(): boolean; isFIFO(): boolean; size: number },
  mostBytes: number,
): string | null {
  if (found.isDirectory()) return 'it is a folder';
  if (found.isFIFO()) return 'it is a FIFO';
  if (!found.isFile()) return 'it is no plain file';
  return found.size > mostBytes ? tooMuch(mostBytes) : null;
}

function tooMuch(mostBytes: number): string {
  return `it has more than ${mostBytes / 1024 / 1024} MiB, and such a file is never that large`;
}

function nothingOr(path: string, error: unknown): null {
  if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
  throw new UnreadableFileError(path, reasonOf(error), { cause: error });
}

/** What the system says, in words where people meet it. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'you have no right to';
    case 'ENXIO':
      return 'it is a socket';
    case 'ELOOP':
      return 'its links go in a circle';
    default:
      return printable(message);
  }
}
