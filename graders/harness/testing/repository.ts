import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach } from 'vitest';

/** A temporary folder of its own for each test of a file. */
export interface TestFolder {
  readonly path: string;
  at(...names: string[]): string;
  /** Writes a file, with the folders that it needs; gives back its path. */
  write(name: string, text: string | Uint8Array): Promise<string>;
  /** Makes a repository of git in it. */
  repository(name: string): Promise<TestRepository>;
}

/** A real repository of git. */
export interface TestRepository {
  path: string;
  url: string;
  git(...args: string[]): string;
  /** Writes files, commits all there is at that time, and gives back the commit's name. */
  commit(files: Record<string, string>, date: string): Promise<string>;
}

export function useTestFolder(): TestFolder {
  let path = '';
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'sources-'));
  });
  afterEach(async () => {
    await rm(path, { recursive: true });
  });
  const at = (...names: string[]) => join(path, ...names);
  return {
    get path() {
      return path;
    },
    at,
    async write(name, text) {
      await mkdir(dirname(at(name)), { recursive: true });
      await writeFile(at(name), text);
      return at(name);
    },
    async repository(name) {
      await mkdir(at(name), { recursive: true });
      return repositoryAt(at(name));
    },
  };
}

function repositoryAt(path: string): TestRepository {
  const run = (args: readonly string[], date?: string) =>
    execFileSync('git', ['-C', path, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Leia',
        GIT_AUTHOR_EMAIL: 'leia@example.org',
        GIT_COMMITTER_NAME: 'Leia',
        GIT_COMMITTER_EMAIL: 'leia@example.org',
        ...(date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
      },
    }).trim();
  run(['init', '--quiet', '--initial-branch=main']);
  return {
    path,
    url: pathToFileURL(path).href,
    git: (...args) => run(args),
    async commit(files, date) {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), text);
      }
      run(['add', '--all']);
      run(['commit', '--quiet', '--allow-empty', '--message', 'work'], date);
      return run(['rev-parse', 'HEAD']);
    },
  };
}
