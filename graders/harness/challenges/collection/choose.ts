import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { type Collection, collectionAt, SHIPPED } from './collection.ts';
import { CONFIG_NAME, findConfig } from './find-config.ts';

/** The option that names a collection. */
export interface CollectionChoice {
  /** The root of a collection of somebody's own. */
  challenges?: string;
}

/**
 * The collection that authors work on: the one that was named, or else the one whose `keyspace.config.yaml`
 * lies in the current folder or above it, or else this package's own. Throws UsageError.
 */
export async function chooseCollection(choice: CollectionChoice): Promise<Collection> {
  if (choice.challenges !== undefined) return namedCollection(choice.challenges);
  const config = findConfig(process.cwd());
  return config === undefined ? SHIPPED : configured(config);
}

/**
 * The collection to grade with: the one that was named, or else this package's own. The current folder may be
 * the learner's, and a `keyspace.config.yaml` in it would let the learner choose the grader, and run code as
 * the grader. Throws UsageError.
 */
export async function collectionToGradeWith(choice: CollectionChoice): Promise<Collection> {
  return choice.challenges === undefined ? SHIPPED : namedCollection(choice.challenges);
}

async function namedCollection(path: string): Promise<Collection> {
  const root = resolve(path);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`There is no folder ${path}. Name the one that holds graders/.`);
  const config = join(root, CONFIG_NAME);
  return existsSync(config) ? configured(config) : collectionAt(root);
}

/** Loaded only where it is used: a YAML parser and a validator take longer to load than `list` takes. */
async function configured(file: string): Promise<Collection> {
  const { readConfig } = await import('./config.ts');
  return readConfig(file);
}
