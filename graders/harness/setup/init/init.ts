import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { writeAll } from '../../base/output-file.ts';
import { shortList } from '../../base/text/count.ts';
import { SHIPPED } from '../../challenges/collection/collection.ts';
import { readSelector } from '../../challenges/grader/select.ts';
import type { Classroom, Files } from './files.ts';
import { learnersFiles } from './learners.ts';
import { teachersFiles } from './teachers.ts';

/** What is made, and where. */
export interface InitOptions {
  missions: string;
  classroom: Classroom;
  teacher?: boolean;
}

/**
 * Makes a classroom repository, learners' or teacher's, in a folder, all of it or nothing, and gives back its
 * files and challenges. A folder that is there already is added to. Throws UsageError where something that
 * would be written is there, for a mission that is not known, and where it cannot be written.
 */
export async function makeRepository(
  folder: string,
  { missions, classroom, teacher = false }: InitOptions,
): Promise<{ files: string[]; ids: string[] }> {
  const target = resolve(folder);
  const { ids, selector } = await readSelector(missions, SHIPPED);
  const request = { name: basename(target), selector, ids, classroom };
  const files = await (teacher ? teachersFiles(request) : learnersFiles(request));
  refuseToOverwrite(target, folder, files);
  const root = nearestFolder(target);
  const placed = new Map([...files].map(([path, text]) => [join(target, path), text]));
  const homes = new Set([...placed.keys()].map((path) => topmostMissing(path, root)));
  await writeAll(placed, [...homes], root, 'The repository');
  return { files: [...files.keys()], ids };
}

function refuseToOverwrite(target: string, shown: string, files: Files): void {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) throw new UsageError(`${shown} is no folder. Name another one.`);
  const taken = [...files.keys()].filter((path) => existsSync(join(target, path)));
  if (taken.length === 0) return;
  throw new UsageError(
    `${shown} holds some of it already: ${shortList(taken)}.\nNothing was written. Name a new folder, or take these away first.`,
  );
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

/** The first part of a path below a folder that is not there yet. */
function topmostMissing(path: string, root: string): string {
  let place = root;
  for (const part of relative(root, path).split(sep)) {
    place = join(place, part);
    if (!existsSync(place)) break;
  }
  return place;
}
