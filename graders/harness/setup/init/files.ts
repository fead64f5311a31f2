/** Files by their path in the repository that is made, with `/` between its parts. */
export type Files = ReadonlyMap<string, string>;

/** What a repository is made for. */
export interface InitRequest {
  /** The name of its folder. */
  name: string;
  /** The challenges as they were asked for: `all`, or missions and challenges with commas between them. */
  selector: string;
  /** Their ids. */
  ids: readonly string[];
  classroom: Classroom;
}

/** Whose contract the workflow and the bundle keep to. */
export type Classroom = 'github' | '50';

/** What learners must not change where points count: it says how they are graded. */
export const PROTECTED_PATHS = [
  '.github/**',
  '.devcontainer/**',
  'package.json',
  'package-lock.json',
  '.npmrc',
  'vitest.config.mjs',
  'challenges.test.mjs',
  'challenges/**/README.md',
] as const;
