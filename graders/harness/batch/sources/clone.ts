import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { git, gitError, NO_CONFIGURATION } from '../../base/git.ts';
import { inParallel } from '../../base/in-parallel.ts';
import type { ProgramResult } from '../../base/run-program.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { printable } from '../../base/text/printable.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import type { SubmittedCommit } from '../submission.ts';
import { excessOfTree } from './check-tree.ts';
import { commitDate, lateness } from './commit.ts';

/** A repository to be fetched. */
export interface CloneRequest {
  /** Names its folder. */
  id: string;
  url: string;
  /** The commit or tag to be graded, over that of all. */
  at?: string | undefined;
}

export interface CloneOptions {
  /** The batch's folder: what is fetched goes to its `repositories`. */
  out: string;
  /** The commit or tag to be graded. */
  at?: string | undefined;
  /** Without a commit or tag, the last commit before it is graded. */
  deadline?: Date | undefined;
  /** How often one that could not be fetched is tried again. */
  retries: number;
  notify: Notify;
}

/** What came of a repository: the folder with the graded commit's files, or why there is none. */
export type CloneResult =
  | { path: string; commit: SubmittedCommit | null; missing?: string }
  | { fault: string };

/** Fetching is waiting for servers, so by more than there are processors; no more than servers put up with. */
const AT_A_TIME = 8;
const FETCH_MS = 5 * 60_000;
const FIRST_PAUSE_MS = 500;
const HEAD = 'refs/graded/head';

/**
 * Fetches repositories and puts the files of the commit that is to be graded into `<out>/repositories/<id>`,
 * without a `.git`: nothing of the repository is left there that git would act upon. What was fetched before is
 * fetched anew; if that fails, what was fetched before is graded, and that is told.
 *
 * Which commit: that of the tag or commit that is asked for; else, of the default branch, the last by the date
 * of its committer that is not after the deadline, following first parents, so that what was merged later does
 * not count earlier; else the branch's newest, also where nothing was in time. `late` is by how much the newest
 * of what was handed in (the branch, or the commit that was asked for) is after the deadline, also where an
 * earlier one is graded. Dates are what learners' machines said.
 *
 * In the order of the requests. An empty repository, one without the tag, and one whose commit is too large to be put
 * on the disk is an empty folder: there is nothing to grade. Never throws for what is wrong with a repository.
 */
export async function cloneRepositories(
  requests: readonly CloneRequest[],
  options: CloneOptions,
): Promise<CloneResult[]> {
  const ssh = await sshCommand();
  return inParallel(requests, AT_A_TIME, async (request) => {
    const result = await clone(request, options, ssh);
    const line = 'fault' in result ? `cannot be had: ${result.fault}` : 'fetched';
    options.notify(`${printable(request.id)} ${line}`);
    return result;
  });
}

/** As the user's own, and it asks for nothing. */
async function sshCommand(): Promise<Record<string, string>> {
  if (process.env.GIT_SSH !== undefined) return {};
  const { stdout } = await git(['config', '--global', '--get', 'core.sshCommand']);
  const own = process.env.GIT_SSH_COMMAND ?? stdout.trim();
  return { GIT_SSH_COMMAND: `${own || 'ssh'} -o BatchMode=yes` };
}

async function clone(
  request: CloneRequest,
  options: CloneOptions,
  ssh: Record<string, string>,
): Promise<CloneResult> {
  const folder = join(resolve(options.out), 'repositories');
  const path = join(folder, request.id);
  // Hidden: whoever grades the folder of repositories by itself must not take it for a submission.
  const store = join(folder, '.git-stores', `${request.id}.git`);
  const at = request.at ?? options.at;
  try {
    let result = await fetch(request.url, store, at, options.deadline, ssh);
    for (let retry = 0; result.exitCode !== 0 && retry < options.retries; retry += 1) {
      await sleep(FIRST_PAUSE_MS * 2 ** retry);
      result = await fetch(request.url, store, at, options.deadline, ssh);
    }
    if (result.exitCode !== 0) {
      if (!existsSync(store)) return { fault: gitError(result) };
      options.notify(
        `${printable(request.id)} cannot be fetched again, and is graded as it was: ${gitError(result)}`,
      );
    }
    const graded = await choose(store, at, options.deadline);
    if ('fault' in graded) return graded;
    const { commit } = graded;
    const excess = commit && (await excessOfTree(store, commit.sha));
    await checkOut(store, excess === null ? commit?.sha : undefined, path);
    return { path, ...graded, ...(excess === null ? {} : { missing: excess }) };
  } catch (error) {
    // A full disk is told by whoever writes next; one repository that cannot be written is a fault of ours.
    if (error instanceof InfrastructureError) throw error;
    return { fault: printable(messageOf(error)) };
  }
}

/** Fetches into a store of its own beside the one that is there, and then puts it in its place. */
async function fetch(
  url: string,
  store: string,
  at: string | undefined,
  deadline: Date | undefined,
  ssh: Record<string, string>,
): Promise<ProgramResult> {
  const part = `${store}.part`;
  await removeFolder(part);
  await mkdir(join(store, '..'), { recursive: true });
  const made = await git(['init', '--bare', '--quiet', '--template=', part], { env: NO_CONFIGURATION });
  if (made.exitCode !== 0) return made;
  const call = { env: ssh, timeoutMs: FETCH_MS };
  const get = (...references: string[]) =>
    git(
      ['--git-dir', part, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head']
        // History is needed where a commit is looked for.
        .concat(at === undefined && !deadline ? ['--depth=1'] : [], '--', url, references),
      call,
    );
  let result = await get(
    ...(at === undefined ? [`+HEAD:${HEAD}`] : ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*']),
  );
  if (result.exitCode !== 0 && at === undefined && /couldn't find remote ref HEAD/i.test(result.stderr)) {
    // Nothing at all, or a default branch that is not there.
    const branches = await git(['--git-dir', part, 'ls-remote', '--heads', '--', url], call);
    const [only, ...more] = branches.stdout
      .split('\n')
      .flatMap((line) => /^[^\t]*\t(refs\/heads\/.+)$/.exec(line)?.[1] ?? []);
    if (branches.exitCode !== 0 || more.length > 0) return branches.exitCode !== 0 ? branches : result;
    result = only === undefined ? branches : await get(`+${only}:${HEAD}`);
  }
  // What no branch and no tag leads to any more, most servers give by its full name.
  if (result.exitCode === 0 && at !== undefined && isFullName(at) && !(await resolveCommit(part, at)))
    await get(`+${at}:refs/graded/at`);
  if (result.exitCode !== 0) {
    await removeFolder(part);
    return result;
  }
  await removeFolder(store);
  await rename(part, store);
  return result;
}

function isFullName(at: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(at);
}

type Choice = { commit: SubmittedCommit | null; missing?: string } | { fault: string };

async function choose(store: string, at: string | undefined, deadline: Date | undefined): Promise<Choice> {
  const newest = await resolveCommit(store, at ?? HEAD);
  if (newest === undefined) {
    if (at === undefined) return { commit: null, missing: 'its repository is empty' };
    return /^[0-9a-f]{7,64}$/.test(at)
      ? { fault: `there is no commit ${at}` }
      : { commit: null, missing: `there is no tag ${at}` };
  }
  const graded = at === undefined && deadline ? await lastBefore(store, newest, deadline) : newest;
  const [date, last] = await Promise.all(
    [graded, newest].map((sha) => commitDate(store, sha, NO_CONFIGURATION)),
  );
  if (!date || !last) return { fault: `the commit ${graded} cannot be read` };
  return { commit: { sha: graded, date: date.toISOString(), late: lateness(last, deadline) } };
}

/** The commit of a tag, a commit's name or one of our references. A tag goes before a commit of that name. */
async function resolveCommit(store: string, name: string): Promise<string | undefined> {
  for (const reference of name.startsWith('refs/') ? [name] : [`refs/tags/${name}`, name]) {
    // A branch is neither.
    if (reference === name && !name.startsWith('refs/') && !/^[0-9a-f]{7,64}$/.test(name)) continue;
    const { exitCode, stdout } = await git(
      ['--git-dir', store, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`],
      { env: NO_CONFIGURATION },
    );
    if (exitCode === 0) return stdout.trim();
  }
  return undefined;
}

async function lastBefore(store: string, newest: string, deadline: Date): Promise<string> {
  const seconds = Math.floor(deadline.getTime() / 1000);
  const { stdout } = await git(
    ['--git-dir', store, 'rev-list', '--first-parent', '--max-count=1', `--min-age=${seconds}`, newest],
    { env: NO_CONFIGURATION },
  );
  return stdout.trim() || newest;
}

/** Puts a commit's files into a folder that holds nothing else. */
async function checkOut(store: string, sha: string | undefined, path: string): Promise<void> {
  await removeFolder(path);
  await mkdir(path, { recursive: true });
  if (sha === undefined) return;
  const call = { cwd: path, env: NO_CONFIGURATION, timeoutMs: FETCH_MS };
  const where = ['--git-dir', store, '--work-tree', path, '-c', 'core.autocrlf=false'];
  // Without `checkout`, no hook is looked for at all; submodules become empty folders.
  for (const command of [
    ['read-tree', '--reset', sha],
    ['checkout-index', '--all', '--force', '--quiet'],
  ]) {
    const result = await git([...where, ...command], call);
    if (result.exitCode !== 0) throw new Error(`its files cannot be written: ${gitError(result)}`);
  }
}
