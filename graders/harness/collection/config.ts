import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { documentSchema, type Schema } from '../document/schema.ts';
import { parseValidated } from '../document/validated-document.ts';
import { lazyValidator } from '../document/validator.ts';
import { messageOf, UsageError } from '../errors.ts';
import { HINT_POLICY, type HintPolicy } from '../hints/policy.ts';
import { type Collection, collectionAt } from './collection.ts';

type Folders = Partial<Pick<Collection, 'graders' | 'challenges' | 'fixtures'>>;
type Config = Folders & { hints?: HintPolicy };

const folder = (what: string, usual: string): Schema => ({
  type: 'string',
  minLength: 1,
  description: `The folder of ${what}, as seen from this file; \`${usual}\` where it is left out.`,
});

/** The JSON Schema of `keyspace.config.yaml`: `graders/config.schema.json` is this, written out for editors. */
export function configSchema(): Schema {
  return documentSchema('A collection of challenges', {
    // A file without any setting says: the usual folders.
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      graders: folder('the graders', 'graders'),
      challenges: folder('what learners get', 'challenges'),
      fixtures: folder('the submissions that prove the graders', 'fixtures'),
      hints: HINT_POLICY,
    },
  });
}

const validator = lazyValidator(configSchema);

/** Reads a `keyspace.config.yaml`. Throws UsageError, for a mistake in it with file, line and column. */
export async function readConfig(file: string): Promise<Collection> {
  const name = relative(process.cwd(), file);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${name} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const { content, errorAt } = parseValidated<Config | null>(text, name, validator(), {
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
