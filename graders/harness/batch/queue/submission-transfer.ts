import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../../base/errors.ts';
import { git, gitError, NO_CONFIGURATION, withoutPasswords } from '../../base/git.ts';
import { writeDurably } from '../../base/output-file.ts';
import { makeScratchFolder, type ScratchFolder } from '../../base/scratch-folder.ts';
import type { Script } from '../../recording/submission/script.ts';
import { excessOfTree } from '../sources/check-tree.ts';
import type { BatchSubmission } from '../submission.ts';
import { packScript, unpackArchive } from './archive.ts';

/** The largest archive that goes into the queue's own memory, in bytes. */
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;
/** How long fetching a commit may take, in ms. */
const FETCH_LIMIT_MS = 120_000;

/** How a submission travels to a worker; `script` is its script, in what arrives. */
export type SubmissionPayload =
  /** A gzip tar archive, in base64. */
  | { by: 'queue'; archive: string; script: string }
  /** A gzip tar archive in a folder that both see, named by its content. */
  | { by: 'store'; name: string; script: string }
  | { by: 'git'; url: string; commit: string; script: string };

/** How submissions are to travel. */
export interface TransferOptions {
  send: 'archive' | 'git';
  /** A folder that workers see too, for archives. */
  store?: string;
}

/**
 * Gets a submission ready to travel. Throws UsageError where it cannot travel so: it is too large, or in no
 * repository that a worker could fetch.
 */
export async function packForTransfer(
  submission: BatchSubmission,
  script: Script,
  { send, store }: TransferOptions,
): Promise<SubmissionPayload> {
  if (send === 'git') return sendByGit(submission, script);
  const archive = await packScript({ ...script, isApart: submission.isApart === true });
  if (store !== undefined) return { by: 'store', ...(await putInStore(store, archive)), script: script.name };
  if (archive.length > MAX_QUEUED_BYTES)
    throw new UsageError(
      `${submission.id} takes ${mebibytes(archive.length)} MiB as an archive, and the queue takes at most ${mebibytes(MAX_QUEUED_BYTES)}: name a folder that the workers see too with --store`,
    );
  return { by: 'queue', archive: archive.toString('base64'), script: script.name };
}

/** Why a submission cannot be received without a store; undefined where it can. */
export function storeProblem(work: SubmissionPayload, store: string | undefined): string | undefined {
  return work.by === 'store' && store === undefined
    ? 'The submission lies in a store, and this worker knows none: start it with --store.'
    : undefined;
}

/**
 * Unpacks a submission that was received, or fetches its commit, in a temporary folder. Throws
 * InfrastructureError, and UsageError for a commit that holds too much.
 */
export async function unpackTransferred(
  work: SubmissionPayload,
  store: string | undefined,
): Promise<ScratchFolder> {
  return makeScratchFolder(async (path) => {
    const folder = join(path, 'received');
    await mkdir(folder);
    if (work.by === 'git') await fetchCommit(work, folder);
    else if (work.by === 'store') await unpackArchive(await takeFromStore(store ?? '', work.name), folder);
    else await unpackArchive(Buffer.from(work.archive, 'base64'), folder);
  });
}

/** The path of the script in what was unpacked. */
export function scriptPathIn({ path }: ScratchFolder, { script }: SubmissionPayload): string {
  return join(path, 'received', script);
}

async function putInStore(store: string, archive: Buffer): Promise<{ name: string }> {
  const name = `${createHash('sha256').update(archive).digest('hex')}.tar.gz`;
  try {
    await mkdir(store, { recursive: true });
    // Named by its content: what is there is the same.
    if (!existsSync(join(store, name))) await writeDurably(join(store, name), archive);
  } catch (error) {
    throw new InfrastructureError(`The store ${store} cannot be written: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { name };
}

async function takeFromStore(store: string, name: string): Promise<Buffer> {
  let archive: Buffer;
  try {
    archive = await readFile(join(store, basename(name)));
  } catch (error) {
    throw new InfrastructureError(`The submission cannot be read from the store: ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (name !== `${createHash('sha256').update(archive).digest('hex')}.tar.gz`)
    throw new InfrastructureError(`${name} in the store ${store} is broken.`);
  return archive;
}

async function sendByGit({ id, path, commit }: BatchSubmission, script: Script): Promise<SubmissionPayload> {
  if (commit === null)
    throw new UsageError(
      `${id} is no repository of its own: leave --send git out, and it travels as an archive`,
    );
  if (commit.changed === true)
    throw new UsageError(`${id} differs from its commit ${commit.sha}: leave --send git out`);
  const { exitCode, stdout } = await git(
    ['config', '--file', join(path, '.git', 'config'), '--get', 'remote.origin.url'],
    { env: NO_CONFIGURATION },
  );
  const url = stdout.trim();
  if (exitCode !== 0 || url === '')
    throw new UsageError(
      `${id} has no remote named origin: leave --send git out, and it travels as an archive`,
    );
  // What stands before the host may be a token: workers have credentials of their own.
  return { by: 'git', url: withoutPasswords(url), commit: commit.sha, script: relative(path, script.path) };
}

async function fetchCommit(
  { url, commit }: SubmissionPayload & { by: 'git' },
  folder: string,
): Promise<void> {
  const steps = [
    ['init', '--quiet', '--template='],
    ['fetch', '--quiet', '--depth', '1', '--no-tags', '--', url, commit],
    ['checkout', '--quiet', '--detach', 'FETCH_HEAD'],
  ];
  for (const args of steps) {
    const excess = args[0] === 'checkout' ? await excessOfTree(join(folder, '.git'), 'FETCH_HEAD') : null;
    if (excess !== null) throw new UsageError(`The submission is not fetched: ${excess}.`);
    // How to reach a server is this machine's configuration; of the rest, filters would run programs.
    const env = args[0] === 'fetch' ? {} : NO_CONFIGURATION;
    const result = await git(args, { cwd: folder, env, timeoutMs: FETCH_LIMIT_MS });
    if (result.exitCode !== 0)
      throw new InfrastructureError(`The commit ${commit} of ${url} cannot be fetched: ${gitError(result)}`);
  }
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1).replace(/\.0$/, '');
}
