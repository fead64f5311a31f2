import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { which } from '../../base/which.ts';
import { canFetch } from '../../recording/engine/local/fetch.ts';
import { useCliFolder } from '../cli.ts';
import { expectNothingLeft } from '../faults.ts';
import { eventually } from '../leftovers.ts';
import { PATIENCE } from '../time-enough.ts';

const folder = useCliFolder();
const obstacle = which('valkey-server') ? 'valkey-server is installed' : await canFetch();
let cache = '';

beforeEach(async ({ skip }) => {
  if (obstacle !== null) skip(obstacle);
  cache = await mkdtemp(join(tmpdir(), 'cache-'));
});
afterEach(async () => {
  if (obstacle === null) await rm(cache, { recursive: true });
});

/** The programs that work in the cache folder, or were told its path. */
async function programsLeft(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      // What ends meanwhile cannot be read, and is not left.
      const cwd = await readlink(join('/proc', pid, 'cwd')).catch(() => '');
      const commandLine = await readFile(join('/proc', pid, 'cmdline'), 'latin1').catch(() => '');
      return cwd.startsWith(cache) || commandLine.includes(cache) ? [commandLine] : [];
    }),
  );
  return found.flat();
}

/** The folders into which the server is being fetched. */
async function foldersLeft(): Promise<string[]> {
  // The first grading makes the folder of them all.
  return readdir(join(cache, 'keyspace-grader')).catch(() => []);
}

/** A grading that has to fetch the server gets a signal while it does. `old` was left by another one. */
async function gradeUntilFetching(signal: NodeJS.Signals, old?: string) {
  const fetches = async () =>
    (await foldersLeft()).some((name) => name !== old) && (await programsLeft()).length > 0;
  await folder.write('solution.valkey', 'PING\n');
  return folder.run(['grade', 'sessions/cantina', '--engine', 'local'], {
    env: { XDG_CACHE_HOME: cache },
    started(child) {
      void eventually(async () => (await fetches()) || undefined).then(() => child.kill(signal));
    },
  });
}

describe('a grading that is stopped while it fetches the server', () => {
  it('by SIGKILL leaves a folder to whoever fetches next; by SIGINT neither a folder nor a program', async () => {
    expect((await gradeUntilFetching('SIGKILL')).signal).toBe('SIGKILL');
    const [left = ''] = await foldersLeft();
    expect(left).toMatch(/^fetching-/);
    const { code, stderr } = await gradeUntilFetching('SIGINT', left);
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Fetching valkey-server once from .*\n$/);
    expect(await foldersLeft()).toEqual([]);
    await vi.waitFor(async () => expect(await programsLeft()).toEqual([]), PATIENCE);
    await expectNothingLeft(folder.temporary);
  });
});

it('a grading that fetches the server says so in one line, and no more on stderr', async () => {
  await folder.write('solution.valkey', 'PING\n');
  const { code, stderr } = await folder.run(['grade', 'sessions/cantina', '--engine', 'local', '--quiet'], {
    env: { XDG_CACHE_HOME: cache },
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Fetching valkey-server once from .*\n$/);
});
