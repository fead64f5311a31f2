import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReadableError, UsageError } from '../base/errors.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { findScript } from '../recording/submission/find.ts';
import { hasStarted } from './progress/has-started.ts';
import { repositoryOf } from './progress/own-folder.ts';
import { ownMissions } from './progress/own-missions.ts';

/** The ids of the challenges that the learner has, in the order in which they are best worked on. */
export async function challengesInOrder(collection: Collection): Promise<string[]> {
  return (await ownMissions(collection, process.cwd())).flatMap(({ challenges }) =>
    challenges.map(({ id }) => id),
  );
}

/** The challenge that is taken where none was named. */
export interface StartingPoint {
  challenge: string;
  /** The path in which all are looked for. */
  path: string;
  /** Why this one. */
  because: 'its folder' | 'written last' | 'the first';
}

/**
 * The challenge to begin with where none was named: the one whose own folder the path is, or else the one whose
 * solution was written last, or else the first. A starter that nobody has changed is no solution: a fresh clone
 * writes all of them at once. Throws UsageError for a collection without any.
 */
export async function startingPoint(
  ordered: readonly string[],
  path: string,
  collection: Collection,
): Promise<StartingPoint> {
  const [first] = ordered;
  if (first === undefined) throw new UsageError('There are no challenges to work on.');
  const here = resolve(path);
  for (const challenge of ordered) {
    const repository = repositoryOf(challenge, here);
    if (repository !== undefined) return { challenge, path: repository, because: 'its folder' };
  }
  const written = await Promise.all(ordered.map((challenge) => writtenAt(challenge, path, collection)));
  const last = Math.max(...written);
  return last > 0
    ? { challenge: ordered[written.indexOf(last)] ?? first, path, because: 'written last' }
    : { challenge: first, path, because: 'the first' };
}

/** When the solution of a challenge was written, in unix ms; 0 where there is none. */
async function writtenAt(challenge: string, path: string, collection: Collection): Promise<number> {
  try {
    if (!(await hasStarted(challenge, path, collection))) return 0;
    return (await stat((await findScript(challenge, path)).path)).mtimeMs;
  } catch (error) {
    // One that cannot be used is as good as none here; it is told when it is graded.
    if (error instanceof ReadableError) return 0;
    throw error;
  }
}
