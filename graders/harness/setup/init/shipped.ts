import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownManifest, PROJECT_ROOT } from '../../base/project.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { HINTS_NAME } from '../../challenges/hints/taken.ts';

/** A file of this package, by its path in it. */
export function shippedFile(...path: string[]): Promise<string> {
  return readFile(join(PROJECT_ROOT, ...path), 'utf8');
}

/** What learners get of a challenge: each file by its name. */
export async function challengeFiles(id: string): Promise<[name: string, text: string][]> {
  const folder = join(SHIPPED.challenges, id);
  // In a clone somebody may have worked: what is remembered of that is theirs.
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== HINTS_NAME).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
  );
}

/** What the package itself asks for, and the vitest that it is tested with, as npm writes versions. */
export async function manifest(): Promise<{ version: string; engines: { node: string }; vitest: string }> {
  const { version, engines, devDependencies } = ownManifest() as {
    version: string;
    engines: { node: string };
    devDependencies: { vitest: string };
  };
  return { version, engines, vitest: devDependencies.vitest };
}
