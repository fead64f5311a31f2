import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { messageOf, UsageError } from '../../base/errors.ts';
import type { Collection } from '../collection/collection.ts';

/**
 * The ids of all challenges of a collection that have a grader, in order. Throws UsageError where it has no
 * folder of graders.
 */
export async function listChallenges({ graders }: Collection): Promise<string[]> {
  const entries = await readdir(graders, { withFileTypes: true }).catch((error: unknown) => {
    const folder = relative(process.cwd(), graders);
    throw new UsageError(`There are no graders in ${folder}: ${messageOf(error)}`, { cause: error });
  });
  const missions = entries.filter((entry) => entry.isDirectory() && entry.name !== 'harness');
  const ids = await Promise.all(
    missions.map(async ({ name }) => {
      const files = await readdir(join(graders, name));
      return files
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => `${name}/${file.slice(0, -'.yaml'.length)}`);
    }),
  );
  return ids.flat().sort();
}
