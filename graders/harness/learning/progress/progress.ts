import { join, relative } from 'node:path';
import { ReadableError } from '../../base/errors.ts';
import { printable } from '../../base/text/printable.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import { findScript } from '../../recording/submission/find.ts';
import { PROGRESS_NAME } from '../../recording/submission/progress-name.ts';
import { hasStarted } from './has-started.ts';
import { ownFolder, repositoryAbove } from './own-folder.ts';
import { readProgress } from './saved.ts';
import { solutionDigest } from './solution-digest.ts';

/** How far a learner is with a challenge. */
export interface ChallengeProgress {
  state: 'solved' | 'begun' | 'not started';
  /** The points that the solution came to when it was last graded; null where it was not. */
  score: number | null;
  /** True where the solution is another one now than was graded: nothing is claimed of it. */
  changed: boolean;
  /** True where the one that was graded passed. */
  passed: boolean;
}

/** How far a learner is. */
export interface Progress {
  /** The learner's repository. */
  repository: string;
  challenges: ReadonlyMap<string, ChallengeProgress>;
  /** What could not be read, in words. */
  problems: readonly string[];
}

const NOT_STARTED: ChallengeProgress = {
  ...{ state: 'not started', score: null, changed: false, passed: false },
};

/** How far the learner is who works in a folder; undefined where no repository with challenges is there or above. */
export async function progressAt(
  folder: string,
  ids: readonly string[],
  collection: Collection,
): Promise<Progress | undefined> {
  const repository = await repositoryAbove(folder, ids);
  if (repository === undefined) return undefined;
  const problems: string[] = [];
  const challenges = await Promise.all(
    ids.map(async (id) => {
      const { problem, ...progress } = await challengeProgress(id, repository, collection);
      if (problem !== null) problems.push(problem);
      return [id, progress] as const;
    }),
  );
  return { repository, challenges: new Map(challenges), problems };
}

async function challengeProgress(
  id: string,
  repository: string,
  collection: Collection,
): Promise<ChallengeProgress & { problem: string | null }> {
  const folder = await ownFolder(id, repository);
  if (folder === undefined || !(await hasStarted(id, folder, collection)))
    return { ...NOT_STARTED, problem: null };
  const { saved, problem: fault } = await readProgress(folder, id);
  const file = printable(relative(process.cwd(), join(folder, PROGRESS_NAME)));
  const problem = fault && `${file} cannot be used, ${fault}: grade ${id} again, and it is written anew.`;
  if (saved === null) return { state: 'begun', score: null, changed: false, passed: false, problem };
  const changed = (await digestOfSolution(id, folder)) !== saved.solution;
  const passed = saved.status === 'passed';
  return { state: passed && !changed ? 'solved' : 'begun', score: saved.score, changed, passed, problem };
}

/** Undefined where nothing is there that could be graded. */
async function digestOfSolution(id: string, folder: string): Promise<string | undefined> {
  try {
    return await solutionDigest(await findScript(id, folder));
  } catch (error) {
    // What is of no use, such as two solutions, is another one than was graded.
    if (error instanceof ReadableError) return undefined;
    throw error;
  }
}
