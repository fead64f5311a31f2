import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The file that marks the root of a collection, and may say where in it things lie. */
export const CONFIG_NAME = 'keyspace.config.yaml';

/** The nearest such file in a folder or above it; undefined for none. */
export function findConfig(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_NAME);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
