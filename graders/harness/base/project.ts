import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InstallationError, messageOf } from './errors.ts';

/** The folder of this package: graders and challenges lie in it, whether the code is bundled or not. */
export const PROJECT_ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

let version: string | undefined;

/** The version of this package. */
export function packageVersion(): string {
  version ??= readVersion();
  return version;
}

function readVersion(): string {
  const { version = '' } = ownManifest() as { version?: string };
  return version;
}

/** The package.json of this package. Throws InstallationError where it is broken. */
export function ownManifest(): object {
  const file = join(PROJECT_ROOT, 'package.json');
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof manifest === 'object' && manifest !== null) return manifest;
    throw new Error('it holds no object');
  } catch (error) {
    throw new InstallationError(
      `keyspace-grader is not completely installed: ${file} is broken (${messageOf(error)}). Install it again.`,
      { cause: error },
    );
  }
}
