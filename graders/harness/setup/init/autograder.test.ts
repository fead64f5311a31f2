import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROJECT_ROOT, packageVersion } from '../../base/project.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { which } from '../../base/which.ts';

const AUTOGRADER = join(PROJECT_ROOT, '.github/classroom/classroom50/autograder.py');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp('/var/tmp/autograder-');
});
afterEach(() => removeFolder(folder));

async function executable(name: string, text: string): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}

/** Runs the autograder in a checkout, with the npm that a test made. */
async function run(env: Record<string, string> = {}) {
  const checkout = join(folder, 'checkout');
  await mkdir(checkout, { recursive: true });
  await writeFile(join(checkout, 'result.json'), 'forged');
  const { status: exitCode, stderr } = spawnSync(String(which('python3')), [AUTOGRADER], {
    cwd: checkout,
    env: { ...env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    encoding: 'utf8',
  });
  const result = await readFile(join(checkout, 'result.json'), 'utf8').catch(() => null);
  return { exitCode, stderr, result };
}

describe.skipIf(!which('python3'))('the autograder for Classroom 50', () => {
  it('shows why the grader cannot be installed', async () => {
    await executable(
      'bin/npm',
      'case "$*" in *silent*) ;; *) echo "npm error code E404" >&2 ;; esac; exit 7',
    );
    const { exitCode, stderr, result } = await run();
    expect({ exitCode, result }).toEqual({ exitCode: 1, result: null });
    expect(stderr).toMatch(
      /npm error code E404\nThe grader cannot be installed: npm install keyspace-grader@\S+ ended with exit code 7\.\n$/,
    );
  });

  it('takes the package from the bundle, wherever its runner says that it lies', async () => {
    const installs = `echo "$*" > ${folder}/npm-was-told; mkdir -p node_modules/.bin`;
    const grader = `printf '#!/bin/sh\\necho graded > result.json\\n' > node_modules/.bin/keyspace-grader`;
    await executable('bin/npm', `${installs}; ${grader}; chmod +x node_modules/.bin/keyspace-grader`);
    const tarball = join(folder, 'bundle', `keyspace-grader-${packageVersion()}.tgz`);
    await mkdir(dirname(tarball));
    await writeFile(tarball, '');
    const { exitCode, result, stderr } = await run({ CLASSROOM50_BUNDLE_DIR: dirname(tarball) });
    expect({ exitCode, result }, stderr).toEqual({ exitCode: 0, result: 'graded\n' });
    expect(await readFile(join(folder, 'npm-was-told'), 'utf8')).toContain(tarball);
  });
});
