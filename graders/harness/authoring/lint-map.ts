import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DocumentError } from '../base/document/document-error.ts';
import { readTextOf } from '../base/plain-file.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { MISSIONS_NAME } from '../challenges/missions/map.ts';
import { parseMissions } from '../challenges/missions/missions-file.ts';
import type { NamedFinding } from './lint.ts';

/**
 * Holds a collection's `missions.yaml`, where there is one, to the challenges that there are: `ids` are all of
 * them. A challenge that it leaves out has no place on the map; one that it makes up is a misspelt name.
 */
export async function lintMap(collection: Collection, ids: readonly string[]): Promise<NamedFinding[]> {
  const path = join(collection.challenges, MISSIONS_NAME);
  if (!existsSync(path)) return [];
  const file = relative(process.cwd(), path);
  const finding = (challenge: string, place: { line: number; column: number }, message: string) => ({
    challenge,
    rule: 'map',
    file,
    ...place,
    message,
  });
  try {
    const { content, errorAt } = parseMissions(await readTextOf(path), file);
    const named = content.missions.flatMap(({ id, challenges }, mission) =>
      challenges.map((name, index) => ({
        id: `${id}/${name}`,
        path: ['missions', mission, 'challenges', index],
      })),
    );
    const unknown = named
      .filter(({ id }) => !ids.includes(id))
      .map(({ id, path }) => finding(id, errorAt(path, '').place, `there is no grader of ${id}`));
    const missing = ids
      .filter((id) => !named.some((entry) => entry.id === id))
      .map((id) => finding(id, { line: 1, column: 1 }, `${id} has no place in any mission`));
    return [...unknown, ...missing];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return [finding('', error.place, error.problem)];
  }
}
