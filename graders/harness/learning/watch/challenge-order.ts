import { stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { ReadableError } from '../../base/errors.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { missionMap } from '../../challenges/missions/map.ts';
import { findScript } from '../../recording/submission/find.ts';

/** The ids of a collection's challenges, in the order in which they are best worked on. */
export async function challengesInOrder(collection: Collection): Promise<string[]> {
  return (await missionMap(collection)).flatMap(({ challenges }) => challenges.map(({ id }) => id));
}

/**
 * The challenge to begin with where none was named, and the path in which all are looked for: the challenge
 * whose own folder the path is, or else the one whose script was written last.
 */
export async function startingPoint(
  ordered: readonly string[],
  path: string,
): Promise<{ challenge: string | undefined; path: string }> {
  const here = resolve(path);
  for (const challenge of ordered) {
    for (const place of [join('challenges', challenge), challenge]) {
      const tail = sep + join(place);
      if (here.endsWith(tail)) return { challenge, path: here.slice(0, -tail.length) || sep };
    }
  }
  const written = await Promise.all(ordered.map((challenge) => writtenAt(challenge, path)));
  const last = Math.max(...written);
  return { challenge: ordered[last > 0 ? written.indexOf(last) : 0], path };
}

/** When the script of a challenge was written, in unix ms; 0 where there is none. */
async function writtenAt(challenge: string, path: string): Promise<number> {
  try {
    return (await stat((await findScript(challenge, path)).path)).mtimeMs;
  } catch (error) {
    // One that cannot be used is as good as none here; it is told when it is graded.
    if (error instanceof ReadableError) return 0;
    throw error;
  }
}
