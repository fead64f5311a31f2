import { chmod, mkdir, mkdtemp, readdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exec } from 'tinyexec';
import { afterAll, beforeAll } from 'vitest';
import { PROJECT_ROOT } from '../project.ts';
import { removeFolder } from '../scratch-folder.ts';

/** This package as `npm pack` makes it, installed in a folder for temporary files, without a registry. */
export interface InstalledPackage {
  /** The `node_modules` in which it lies, with all that it needs. */
  readonly modules: string;
  /** The command as it is installed. */
  readonly cli: string;
}

/** Packs and installs once for all tests of a file. What `dist` holds is taken as it is. */
export function useInstalledPackage(): InstalledPackage {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-'));
    // Without its scripts: they would build, and other tests run what is built.
    await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], PROJECT_ROOT);
    const [tarball = ''] = await readdir(folder);
    const modules = join(folder, 'node_modules');
    await mkdir(join(modules, '.bin'), { recursive: true });
    const own = join(PROJECT_ROOT, 'node_modules');
    for (const name of await readdir(own))
      if (!name.startsWith('.') && name !== 'keyspace-grader')
        await symlink(join(own, name), join(modules, name));
    await mkdir(join(modules, 'keyspace-grader'));
    await run(
      'tar',
      ['-xzf', join(folder, tarball), '--strip-components=1', '-C', 'keyspace-grader'],
      modules,
    );
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

async function run(program: string, args: string[], cwd: string): Promise<void> {
  await exec(program, args, { throwOnError: true, nodeOptions: { cwd } });
}
