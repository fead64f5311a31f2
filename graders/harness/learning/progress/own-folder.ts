import { stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { isSolutionInCapitals } from '../../recording/submission/solution-names.ts';

/** The folders of a challenge in a learner's repository, from the repository on, in the order in which they are looked into. */
function placesOf(challenge: string): string[] {
  return [join('challenges', challenge), join(challenge)];
}

/** The repository in which a folder is the challenge's own; undefined for any other folder. */
export function repositoryOf(challenge: string, folder: string): string | undefined {
  const tail = placesOf(challenge).find((place) => folder.endsWith(sep + place));
  return tail === undefined ? undefined : folder.slice(0, -tail.length - 1) || sep;
}

/** The challenge's own folder in a repository; undefined where it has none. */
export async function ownFolder(challenge: string, repository: string): Promise<string | undefined> {
  for (const place of placesOf(challenge))
    if (await isFolder(join(repository, place))) return join(repository, place);
  return undefined;
}

/**
 * True for a solution in the challenge's own folder, of a repository in which somebody works: a script elsewhere is
 * none that `list` would look at, and one in another repository is another person's.
 */
export function isOwnSolution(challenge: string, script: string, workingIn: string): boolean {
  const repository = repositoryOf(challenge, dirname(script));
  if (repository === undefined || !isSolutionInCapitals(basename(script))) return false;
  return (
    workingIn === repository || workingIn.startsWith(repository.endsWith(sep) ? repository : repository + sep)
  );
}

/** The learner's repository that a folder is in: the nearest, upwards, that holds challenges; undefined for none. */
export async function repositoryAbove(folder: string, ids: readonly string[]): Promise<string | undefined> {
  const folders = upwards(folder);
  for (const under of ['challenges', '.']) {
    for (const one of folders) {
      const found = await Promise.all(ids.map((id) => isFolder(join(one, under, id))));
      if (found.includes(true)) return one;
    }
  }
  return undefined;
}

function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

async function isFolder(path: string): Promise<boolean> {
  // What is not there is no folder.
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
