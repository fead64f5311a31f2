import { type GraderFile, parseGraderFile } from '../grader/grader-file.ts';

/** What the map tells of a grader. */
export interface GraderFacts {
  title: string;
  points: number;
  checks: number;
  /** The least version of Valkey that the challenge can be graded on; null for any. */
  minVersion: string | null;
}

/** What the map tells of the text of a grader file. Throws DocumentError with file, line and column. */
export function graderFacts(text: string, name: string): GraderFacts {
  return factsOf(parseGraderFile(text, name).content);
}

/**
 * What the map tells of a grader file that was read.
 * @public scripts/remembered.mjs calls it by its file's name.
 */
export function factsOf({ title, points, checks, minVersion }: GraderFile): GraderFacts {
  return { title, points, checks: checks.length, minVersion: minVersion ?? null };
}
