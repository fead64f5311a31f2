import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { trackCleanup } from '../cleanup.ts';
import { type Collection, SHIPPED } from '../collection/collection.ts';
import { messageOf, UsageError } from '../errors.ts';
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
  await writeAll(files, homes, root);
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

/** Writes files, by absolute path, all or none; `homes` are the files and folders that hold them all. */
async function writeAll(
  files: ReadonlyMap<string, string>,
  homes: readonly string[],
  root: string,
): Promise<void> {
  const staged = join(root, `.keyspace-grader.new-${process.pid}`);
  const place = (path: string) => join(staged, relative(root, path));
  const moved: string[] = [];
  const folders: string[] = [];
  const undo = trackCleanup(async () => {
    await rm(staged, { recursive: true, force: true });
    for (const path of moved) await rm(path, { recursive: true, force: true });
    for (const folder of folders) await removeIfEmpty(folder);
  });
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(place(path)), { recursive: true });
      await writeFile(place(path), text);
    }
    for (const home of homes) {
      folders.unshift(...missingFolders(dirname(home)));
      await mkdir(dirname(home), { recursive: true });
      await rename(place(home), home);
      // Only now it is ours to take back.
      moved.push(home);
    }
    moved.length = 0;
    folders.length = 0;
  } catch (error) {
    throw new UsageError(`The challenge cannot be written: ${messageOf(error)}`, { cause: error });
  } finally {
    await undo();
  }
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

/** The folders that have to be made for a path to be there, the innermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) ? [] : [folder, ...missingFolders(dirname(folder))];
}

/** Takes away a folder that was made on the way; one in which somebody else has put something stays. */
async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}
