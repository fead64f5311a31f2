import { chmod, cp, mkdir, mkdtemp, readdir, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { removeFolder } from '../base/scratch-folder.ts';

/** This package as it is installed, in a folder for temporary files, without a registry. */
export interface InstalledPackage {
  /** The `node_modules` in which it lies, with all that it needs. */
  readonly modules: string;
  /** The command as it is installed. */
  readonly cli: string;
}

/**
 * Installs once for all tests of a file, with what `dist` holds. The files that package.json names are copied: packing
 * them takes npm seconds. What npm packs is looked at by `npm run check:package`.
 */
export function useInstalledPackage(): InstalledPackage {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    const modules = join(folder, 'node_modules');
    await mkdir(join(modules, '.bin'), { recursive: true });
    const own = join(PROJECT_ROOT, 'node_modules');
    for (const name of await readdir(own))
      if (!name.startsWith('.') && name !== 'keyspace-grader')
        await symlink(join(own, name), join(modules, name));
    await mkdir(join(modules, 'keyspace-grader'));
    await copyPackage(join(modules, 'keyspace-grader'));
    const cli = join(modules, 'keyspace-grader', 'bin', 'keyspace-grader.js');
    await chmod(cli, 0o755);
    await symlink(cli, join(modules, '.bin', 'keyspace-grader'));
    await symlink(join(own, 'vitest', 'vitest.mjs'), join(modules, '.bin', 'vitest'));
  });
  afterAll(() => removeFolder(folder));
  return {
    get modules() {
      return join(folder, 'node_modules');
    },
    get cli() {
      return join(folder, 'node_modules', 'keyspace-grader', 'bin', 'keyspace-grader.js');
    },
  };
}

async function copyPackage(target: string): Promise<void> {
  const { files } = JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    files: string[];
  };
  for (const pattern of ['package.json', ...files]) {
    // `folder/*.ext`, or `folder/**/*.ext`.
    const [folder = '', ...rest] = pattern.split(/\/?\*+/);
    const isMeant = (name: string) =>
      name.endsWith(rest.at(-1) ?? '') && (rest.length > 1 || !name.includes('/'));
    const names = pattern.includes('*')
      ? (await readdir(join(PROJECT_ROOT, folder), { recursive: true }))
          .filter(isMeant)
          .map((name) => join(folder, name))
      : [pattern];
    for (const name of names) await cp(join(PROJECT_ROOT, name), join(target, name), { recursive: true });
  }
}
