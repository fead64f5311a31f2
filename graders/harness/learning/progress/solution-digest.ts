import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Script } from '../../recording/submission/script.ts';
import { isLearners } from './learners-files.ts';

/** Files of one folder that count: beyond these no solution goes. */
const FILE_LIMIT = 1_000;
/** What is larger, in bytes, is told apart by its time. */
const CONTENT_LIMIT = 1024 * 1024;

/**
 * Tells a solution from every other: a digest of the script, and of the files beside it that it may use. A command
 * file uses none. Throws what the system throws where the script is gone.
 */
export async function solutionDigest({ path, name, language }: Script): Promise<string> {
  const hash = createHash('sha256');
  const add = (part: string | Uint8Array) => hash.update(`${part.length}\n`).update(part);
  add(name);
  add(await readFile(path));
  if (language.id === 'command-file') return hash.digest('base64url');
  const folder = dirname(path);
  const others = (await readdir(folder)).filter((other) => other !== name && isUsed(other)).sort();
  for (const other of others.slice(0, FILE_LIMIT)) {
    const found = await lstat(join(folder, other));
    if (!found.isFile()) continue;
    add(other);
    add(found.size > CONTENT_LIMIT ? String(found.mtimeMs) : await readFile(join(folder, other)));
  }
  return hash.digest('base64url');
}

/** Instructions are no part of a solution: a new wording of them changes nothing about it. */
function isUsed(name: string): boolean {
  return isLearners(name) && name !== 'README.md';
}
