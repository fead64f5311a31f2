import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { UsageError } from '../base/errors.ts';
import { writeAll } from '../base/output-file.ts';
import { type Collection, SHIPPED } from '../challenges/collection/collection.ts';
import { scaffold } from './scaffold.ts';

/** Folders beside the missions that are none. */
const RESERVED = ['harness', 'hostile'];
/** The schema that editors check graders against, in a folder of graders. */
const SCHEMA = 'grader.schema.json';

/**
 * Writes the files of a new challenge into a collection, all or none, and gives back their paths from its
 * root. Throws UsageError for a name that is none, for a challenge of which something is there already, and
 * where it cannot be written.
 */
export async function newChallenge(id: string, collection: Collection): Promise<string[]> {
  checkName(id);
  const { root } = collection;
  const homes = [
    join(collection.graders, `${id}.yaml`),
    join(collection.challenges, id),
    join(collection.fixtures, id),
  ];
  const taken = homes.find((home) => existsSync(home));
  if (taken !== undefined) {
    throw new UsageError(
      `${relative(root, taken)} is there already. Choose another name, or take it away first.`,
    );
  }
  const schema = schemaFor(collection);
  const files = scaffold(id, collection, relative(dirname(join(collection.graders, id)), schema));
  if (!existsSync(schema)) {
    files.set(schema, await readFile(join(SHIPPED.graders, SCHEMA), 'utf8'));
    homes.push(schema);
  }
  await writeAll(files, homes, root, 'The challenge');
  return [...files.keys()].map((file) => relative(root, file));
}

/**
 * The schema for a collection's graders: that of this package where it lies in the same repository (as in
 * its node_modules), so that it is never out of date, or else a copy beside the graders.
 */
function schemaFor({ root, graders }: Collection): string {
  const own = join(SHIPPED.graders, SCHEMA);
  return own.startsWith(root + sep) ? own : join(graders, SCHEMA);
}

function checkName(id: string): void {
  const slug = '[a-z0-9]+(?:-[a-z0-9]+)*';
  const [mission = ''] = id.split('/');
  if (!new RegExp(`^${slug}/${slug}$`).test(id) || RESERVED.includes(mission)) {
    throw new UsageError(
      `"${id}" cannot be the name of a challenge. It is <mission>/<challenge>, both in lower-case letters and digits with hyphens between them, such as sessions/cantina.`,
    );
  }
}
