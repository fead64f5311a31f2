import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { PROJECT_ROOT } from '../../graders/harness/base/project.ts';
import { removeFolder } from '../../graders/harness/base/scratch-folder.ts';
import { which } from '../../graders/harness/base/which.ts';
import {
  type InstalledPackage,
  useInstalledPackage,
} from '../../graders/harness/testing/installed-package.ts';
import { repositoryFiles } from './documents.ts';
import { ShellSession } from './shell.ts';
import { STAND_INS } from './stand-ins.ts';

/**
 * Where a document's commands are typed. `clone`: a fresh clone of this repository. `installed`: a folder in
 * which this package is installed. `empty`: an empty folder.
 */
export type SettingName = 'clone' | 'installed' | 'empty';

export interface Settings {
  /** Makes a setting afresh, and gives back a terminal in it. */
  open(name: SettingName): Promise<ShellSession>;
}

/** The settings for the tests of a file: one clone and one installed package for all of them. */
export function useSettings(): Settings {
  const installed = useInstalledPackage();
  let root = '';
  let opened = 0;
  const clone = () => join(root, 'keyspace-grader');
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'doc-'));
    await makeClone(clone());
    await mkdir(join(root, 'bin'));
    for (const [name, text] of Object.entries(STAND_INS))
      await writeFile(join(root, 'bin', name), text, { mode: 0o755 });
  });
  afterAll(() => removeFolder(root));
  return {
    async open(name) {
      opened += 1;
      const scratch = join(root, `s${opened}`);
      const folder = name === 'clone' ? clone() : join(scratch, 'work');
      await mkdir(join(scratch, 'home'), { recursive: true });
      if (name === 'clone') cleanClone(folder);
      else await mkdir(folder);
      if (name === 'installed') await install(folder, installed);
      const env = environment(join(root, 'bin'), join(scratch, 'home'));
      return new ShellSession(folder, scratch, {
        ...env,
        KG_CLI: join(
          name === 'clone' ? clone() : dirname(dirname(installed.cli)),
          'bin',
          'keyspace-grader.js',
        ),
        KG_MODULES: installed.modules,
        FIXTURES: join(PROJECT_ROOT, 'fixtures'),
      });
    },
  };
}

async function makeClone(folder: string): Promise<void> {
  for (const name of repositoryFiles()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(PROJECT_ROOT, name), join(folder, name), { verbatimSymlinks: true });
  }
  // What `npm ci` makes.
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(folder, 'node_modules'));
  await cp(join(PROJECT_ROOT, 'dist'), join(folder, 'dist'), { recursive: true });
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all', '--', '.', ':!node_modules');
  git(folder, '-c', 'user.name=Leia', '-c', 'user.email=leia@example.org', 'commit', '--quiet', '-m', 'all');
}

function cleanClone(folder: string): void {
  git(folder, 'checkout', '--quiet', '.');
  git(folder, 'clean', '-dfq', '-e', 'node_modules');
}

function git(folder: string, ...args: string[]): void {
  execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function install(folder: string, { modules }: InstalledPackage): Promise<void> {
  await symlink(modules, join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
}

/** The environment of somebody who has never heard of the tests around it. */
function environment(bin: string, home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:VITEST|VITE_|TEST$|NODE_ENV$|npm_|GITHUB_|DEBUG$|KEYSPACE_GRADER_|FORCE_COLOR$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    // A server that was fetched is not fetched again.
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
    KG_NPM: which('npm'),
    KG_NPX: which('npx'),
  };
}
