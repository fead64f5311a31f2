import type { GraderFacts } from './grader-facts.ts';
import type { MissionEntry } from './missions-file.ts';

/** What parsing a text came to, by {@link digestOf} of that text. */
export interface Remembered {
  graders: Readonly<Record<string, GraderFacts>>;
  missions: Readonly<Record<string, MissionEntry[]>>;
}

/**
 * What parsing came to when the bundle was made: parsing all graders takes longer than all else that `list`
 * does. A text that has changed since has another key, so that nothing of this is ever out of date. The
 * bundle has the files of this package here: see scripts/build.mjs.
 */
export const REMEMBERED: Remembered = { graders: {}, missions: {} };
