import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { x } from 'tinyexec';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';

/** A packed package, and what is in it. */
export interface Tarball {
  /** Where the .tgz lies. */
  readonly file: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The files in it, by their path in the package. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Packs this package as a release does, its scripts included, into a folder. Gives back the path of the .tgz. */
export async function pack(folder: string): Promise<string> {
  await x('npm', ['pack', '--silent', '--pack-destination', folder], {
    throwOnError: true,
    nodeOptions: { cwd: SHIPPED.root },
  });
  const [name = ''] = await readdir(folder);
  return join(folder, name);
}

/** Reads a .tgz of `npm pack`. `folder` is where it may be unpacked. */
export async function readTarball(file: string, folder: string): Promise<Tarball> {
  await mkdir(folder, { recursive: true });
  await x('tar', ['-xzf', file, '--strip-components=1', '-C', folder], { throwOnError: true });
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), await readFile(path));
  }
  return { file, size: (await readFile(file)).length, files };
}
