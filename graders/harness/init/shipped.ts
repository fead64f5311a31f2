import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED } from '../collection/collection.ts';
import { PROJECT_ROOT } from '../project.ts';

/** A file of this package, by its path in it. */
export function shippedFile(...path: string[]): Promise<string> {
  return readFile(join(PROJECT_ROOT, ...path), 'utf8');
}

/** What learners get of a challenge: each file by its name. */
export async function challengeFiles(id: string): Promise<[name: string, text: string][]> {
  const folder = join(SHIPPED.challenges, id);
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')]),
  );
}

/** What the package itself asks for. */
export async function manifest(): Promise<{ version: string; engines: { node: string }; vitest: string }> {
  const { version, engines, peerDependencies } = JSON.parse(await shippedFile('package.json')) as {
    version: string;
    engines: { node: string };
    peerDependencies: { vitest: string };
  };
  return { version, engines, vitest: peerDependencies.vitest };
}
