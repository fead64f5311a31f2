import { cp, mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Result, x } from 'tinyexec';
import { PROJECT_ROOT } from '../base/project.ts';
import { removeFolder } from '../base/scratch-folder.ts';
import type { InstalledPackage } from './installed-package.ts';

/** A folder of a learner's in which this package is installed. */
export interface LearnerProject {
  root: string;
  write(path: string, text: string): Promise<void>;
  /** Puts a fixture there as the solution of its challenge: `sessions/cantina`, `fail/ttl-of-six-minutes.valkey`. */
  solve(challenge: string, fixture: string): Promise<void>;
  /** Runs vitest in it to its end, without a colour. */
  vitest(
    args: readonly string[],
    env?: Record<string, string>,
  ): Promise<{ exitCode: number; output: string }>;
  /** Starts vitest in it. */
  startVitest(args: readonly string[]): Result;
  remove(): Promise<void>;
}

/** Makes one that uses an installed package. */
export async function makeLearnerProject({ modules }: InstalledPackage): Promise<LearnerProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'learner-test-')));
  await symlink(modules, join(root, 'node_modules'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await write('package.json', '{ "private": true, "type": "module" }\n');
  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    x(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
      nodeOptions: { cwd: root, env: { ...withoutVitest(), NO_COLOR: '1', ...env } },
    });
  return {
    root,
    write,
    async solve(challenge, fixture) {
      const extension = fixture.slice(fixture.lastIndexOf('.'));
      await cp(
        join(PROJECT_ROOT, 'fixtures', challenge, fixture),
        join(root, 'challenges', challenge, `solution${extension}`),
      );
    },
    async vitest(args, env) {
      const { exitCode = -1, stdout, stderr } = await start(args, env);
      return { exitCode, output: stdout + stderr };
    },
    startVitest: (args) => start(args),
    remove: () => removeFolder(root),
  };
}

/** Takes away what the vitest that runs this test has put into our environment. */
function withoutVitest(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter((name) =>
    /^VITEST|^VITE_|^NODE_ENV$|^TEST$|^FORCE_COLOR$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
