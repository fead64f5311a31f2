import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, hasGit, NO_CONFIGURATION } from '../../base/git.ts';
import { inParallel } from '../../base/in-parallel.ts';
import { makeScratchFolder } from '../../base/scratch-folder.ts';
import type { SubmittedCommit } from '../submission.ts';
import { excessOfTree } from './check-tree.ts';

/** How many repositories are read at a time. */
const AT_A_TIME = 4;
/** What names a commit is short, all references of a repository together are not. */
const MOST_REFERENCE = 4096;
const MOST_PACKED = 16 * 1024 * 1024;

/**
 * The commits at which folders are that are repositories of their own; null for those that are none, or cannot
 * be read. Nothing of a repository's own configuration is read, let alone run: its objects are looked at from a
 * repository of ours.
 */
export async function readCommits(
  folders: readonly string[],
  deadline: Date | undefined,
): Promise<(SubmittedCommit | null)[]> {
  const heads = await inParallel(folders, AT_A_TIME, headOf);
  if (heads.every((head) => head === undefined) || !hasGit()) return heads.map(() => null);
  const scratch = await makeScratchFolder();
  try {
    for (const format of ['sha1', 'sha256'])
      await git(
        ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`, join(scratch.path, format)],
        { env: NO_CONFIGURATION },
      );
    return await inParallel([...folders.entries()], AT_A_TIME, async ([index, folder]) => {
      const sha = heads[index];
      if (sha === undefined) return null;
      return readCommit(folder, sha, deadline, scratch.path, join(scratch.path, `${index}.index`));
    });
  } finally {
    await scratch.remove();
  }
}

async function readCommit(
  folder: string,
  sha: string,
  deadline: Date | undefined,
  scratch: string,
  index: string,
): Promise<SubmittedCommit | null> {
  const ours = join(scratch, sha.length === 40 ? 'sha1' : 'sha256');
  const env = {
    ...NO_CONFIGURATION,
    GIT_OBJECT_DIRECTORY: join(folder, '.git', 'objects'),
    GIT_INDEX_FILE: index,
  };
  const date = await commitDate(ours, sha, env);
  if (!date) return null;
  const commit = { sha, date: date.toISOString(), late: lateness(date, deadline) };
  // What is too large to be read is not compared either.
  if ((await excessOfTree(ours, sha, env)) !== null) return { ...commit, changed: true };
  const tree = ['--git-dir', ours, '--work-tree', folder];
  const call = { cwd: folder, env };
  const read = await git([...tree, 'read-tree', sha], call);
  const status = await git(
    [
      ...tree,
      '-c',
      `core.autocrlf=${process.platform === 'win32'}`,
      'status',
      '--porcelain',
      '--no-renames',
    ].concat(['--untracked-files=normal', '--ignore-submodules=all']),
    call,
  );
  // The second letter is of the folder against the index; the first against our own HEAD, which says nothing.
  const isTouched = status.stdout.split('\n').some((line) => line.length > 1 && line[1] !== ' ');
  // What cannot be compared may be anything.
  const isSame = read.exitCode === 0 && status.exitCode === 0 && !isTouched;
  return isSame ? commit : { ...commit, changed: true };
}

/** When a commit was made, by its committer's clock; undefined where there is no such commit. */
export async function commitDate(
  gitDir: string,
  sha: string,
  env: Record<string, string>,
): Promise<Date | undefined> {
  const { exitCode, stdout } = await git(['--git-dir', gitDir, 'cat-file', 'commit', sha], { env });
  const [header = ''] = stdout.split('\n\n', 1);
  const seconds = /^committer .*> (\d{1,12}) [+-]\d{4}$/m.exec(header)?.[1];
  return exitCode === 0 && seconds !== undefined ? new Date(Number(seconds) * 1000) : undefined;
}

/** Seconds after the deadline; 0 for in time, null where there is no deadline. */
export function lateness(date: Date, deadline: Date | undefined): number | null {
  return deadline ? Math.max(0, Math.ceil((date.getTime() - deadline.getTime()) / 1000)) : null;
}

/** The commit that a folder's own repository is at, by its files alone; undefined where there is none. */
async function headOf(folder: string): Promise<string | undefined> {
  const gitDir = join(folder, '.git');
  if (!(await lstat(gitDir).catch(() => undefined))?.isDirectory()) return undefined;
  let name = 'HEAD';
  for (let hops = 0; hops < 5; hops += 1) {
    const text =
      (await readPlainFile(join(gitDir, name), MOST_REFERENCE)) ?? (await packedReference(gitDir, name));
    if (text === undefined) return undefined;
    const value = text.trim();
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
    const next = /^ref: (refs\/\S+)$/.exec(value)?.[1];
    if (next === undefined || next.split('/').includes('..')) return undefined;
    name = next;
  }
  return undefined;
}

async function packedReference(gitDir: string, name: string): Promise<string | undefined> {
  const packed = await readPlainFile(join(gitDir, 'packed-refs'), MOST_PACKED);
  return packed
    ?.split('\n')
    .find((line) => line.endsWith(` ${name}`))
    ?.split(' ')[0];
}

/** Undefined for what is no plain file (a FIFO would be waited for), is too large, or cannot be read. */
async function readPlainFile(path: string, most: number): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= most ? await readFile(path, 'utf8') : undefined;
  } catch {
    // Not there, or not to be read: then there is no commit to be told.
    return undefined;
  }
}
