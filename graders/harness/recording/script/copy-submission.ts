import { copyFile, mkdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { printable } from '../../base/text/printable.ts';
import type { LeftBehind } from '../../evidence/evidence.ts';
import { type CopyLimits, SubmissionLimits } from '../submission/limits.ts';
import { isOurs, withOwnFiles } from '../submission/own-fault.ts';
import type { ScriptPlace } from '../submission/script.ts';
import { type Chosen, chooseFiles, type Entry, isPythonEnvironment, type Left } from './choose-files.ts';

const MIB = 1024 * 1024;
/** How many of those that are left behind are kept by name: a home has thousands. */
const NAMED = 10;

/** What came of a copy. */
export interface Copied {
  /** What stayed behind though it lies beside the script; undefined for nothing. */
  leftBehind: LeftBehind | undefined;
  /** Those of Python's environments in the script's folder that are too large to be copied, by name. */
  environments: string[];
}

/**
 * Copies a script with its folder, as far as there is room for it: without node_modules, .git and what is remembered
 * of it, and without what is neither file, folder nor link; without all of it if others' scripts lie in the folder.
 * Returns what else stayed behind. Throws UsageError if the script itself is too large or cannot be read.
 */
export async function copySubmission(
  { path, isApart }: ScriptPlace,
  target: string,
  limits: CopyLimits = SubmissionLimits,
): Promise<Copied> {
  const [source, script] = [dirname(path), basename(path)];
  const shown = printable(script);
  const copy = async (): Promise<Copied> => {
    const { size } = await stat(path);
    if (size > limits.folderBytes)
      throw new UsageError(
        `${shown} has more than ${limits.folderBytes / MIB} MiB, which is the most that a script may have.`,
      );
    const { entries, left }: Chosen =
      isApart === true
        ? { entries: [{ path: script, kind: 'file' }], left: [] }
        : await chooseFiles(source, { name: script, bytes: size }, limits);
    await mkdir(target, { recursive: true });
    // One by one: a script in the folder for temporary files has the copy beside it.
    for (const entry of entries) {
      const problem = await copyEntry(entry, source, target);
      if (problem === undefined) continue;
      if (entry.path === script) throw problem;
      left.push({ path: entry.path, why: 'unreadable' });
    }
    await makeWhole(path, join(target, script));
    const leftBehind = left.length > 0 ? { first: left.slice(0, NAMED), total: left.length } : undefined;
    return { leftBehind, environments: await environmentsOf(source, left) };
  };
  return withOwnFiles((reason) => `${shown} cannot be copied: ${reason}`, copy);
}

async function environmentsOf(source: string, left: readonly Left[]): Promise<string[]> {
  const beside = left.filter(({ path, why }) => why === 'too large' && !path.includes(sep));
  const found = await Promise.all(beside.map(({ path }) => isPythonEnvironment(join(source, path))));
  return beside.filter((_, index) => found[index]).map(({ path }) => path);
}

/** Copies one entry. Returns what kept it from being copied: it may be gone meanwhile, or not be for us to read. */
async function copyEntry({ path, kind }: Entry, from: string, to: string): Promise<unknown> {
  const [source, target] = [join(from, path), join(to, path)];
  try {
    if (kind === 'folder') await mkdir(target);
    else if (kind === 'file') await copyFile(source, target);
    // As it is written there, in bytes that need not be UTF-8.
    else await symlink(await readlink(source, { encoding: 'buffer' }), target);
    return undefined;
  } catch (error) {
    if (isOurs(error)) throw error;
    return error;
  }
}

/** A script may be a link to another file of its folder, for which there was no room. */
async function makeWhole(script: string, copy: string): Promise<void> {
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await rm(copy, { force: true });
  await copyFile(script, copy);
}
