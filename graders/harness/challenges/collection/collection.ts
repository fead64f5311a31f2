import { join } from 'node:path';
import { PROJECT_ROOT } from '../../base/project.ts';
import type { HintPolicy } from '../../judging/hints/policy.ts';

/**
 * A collection of challenges: the folders in which they lie, all of them absolute paths. This package ships
 * one; third parties keep others in repositories of their own.
 */
export interface Collection {
  /** The folder that the others lie in, where the challenges' files are shown from. */
  root: string;
  /** The graders: `<mission>/<challenge>.yaml`. */
  graders: string;
  /** What learners get: `<mission>/<challenge>/`. A collection that is only graded with may have none. */
  challenges: string;
  /** The submissions that prove the graders: `<mission>/<challenge>/`. Only proving needs them. */
  fixtures: string;
  /** What hints beyond the first cost; they are free where it is left out. */
  hints?: HintPolicy;
}

/** The collection in a folder, laid out as this package's own. */
export function collectionAt(root: string): Collection {
  return {
    root,
    graders: join(root, 'graders'),
    challenges: join(root, 'challenges'),
    fixtures: join(root, 'fixtures'),
  };
}

/** The collection of this package: the workshop. */
export const SHIPPED = collectionAt(PROJECT_ROOT);
