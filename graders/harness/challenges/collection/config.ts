import { dirname, relative, resolve, sep } from 'node:path';
import { parseValidated } from '../../base/document/validated-document.ts';
import { readTextOf } from '../../base/plain-file.ts';
import { type Collection, collectionAt } from './collection.ts';
import { type Config, configSchema } from './schema.ts';
import { configValidator } from './validate.ts';

/** Reads a `keyspace.config.yaml`. Throws UsageError, for a mistake in it with file, line and column. */
export async function readConfig(file: string): Promise<Collection> {
  const name = relative(process.cwd(), file);
  const text = await readTextOf(file);
  const { content, errorAt } = parseValidated<Config | null>(text, name, configValidator(), {
    schema: configSchema,
  });
  const root = dirname(file);
  const { hints, ...named } = content ?? {};
  const folders = Object.entries(named).map(([key, path]) => {
    const folder = resolve(root, path);
    if (folder.startsWith(root + sep)) return [key, folder];
    throw errorAt([key], `${key}: must be a folder below this file's own, not ${path}`);
  });
  return { ...collectionAt(root), ...Object.fromEntries(folders), ...(hints !== undefined && { hints }) };
}
