import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Collection } from '../../challenges/collection/collection.ts';
import { type MapMission, missionMap } from '../../challenges/missions/map.ts';
import { ownFolder, repositoryAbove } from './own-folder.ts';

/**
 * The way through the challenges that a learner has: `init --missions` makes a repository with some of them, and the
 * others are not this learner's to do. All of the collection outside of a repository, and in one without any pages,
 * where learners make the folders themselves. Throws as `missionMap` does.
 *
 * @param workingIn The folder in which the learner works.
 */
export async function ownMissions(collection: Collection, workingIn: string): Promise<MapMission[]> {
  const missions = await missionMap(collection);
  const ids = missions.flatMap(({ challenges }) => challenges.map(({ id }) => id));
  const repository = await repositoryAbove(workingIn, ids);
  if (repository === undefined) return missions;
  const folders = new Map<string, string>();
  for (const id of ids) {
    const folder = await ownFolder(id, repository);
    if (folder !== undefined) folders.set(id, folder);
  }
  const pages = await Promise.all([...folders.values()].map((folder) => isFile(join(folder, 'README.md'))));
  if (!pages.includes(true)) return missions;
  return missions
    .map(({ challenges, ...mission }) => ({
      ...mission,
      challenges: challenges.filter(({ id }) => folders.has(id)),
    }))
    .filter(({ challenges }) => challenges.length > 0);
}

async function isFile(path: string): Promise<boolean> {
  // What is not there is no file.
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
