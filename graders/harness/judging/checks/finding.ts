import type { CommandNote } from './command-note.ts';

export type { CommandNote };

/** What a check found in the evidence. Texts are for the learner, plain and already safe to print. */
export type Finding = { passed: true } | Failure;

export interface Failure {
  passed: false;
  /** What would have passed. */
  expected: string;
  /**
   * What learners are told in its place until they take a hint, if `expected` would tell them which command solves the
   * check; null for nothing.
   */
  beforeHints?: string | null;
  /** What was there instead. */
  actual: string;
  /** How the two differ, where that is hard to see. */
  difference?: string;
  /** The commands that matter, in the order in which they ran. */
  commands?: CommandNote[];
}

export const PASS: Finding = { passed: true };

/** A check cannot come to a verdict by what is known of a run: it fails, and says why. */
export abstract class VerdictError extends Error {
  abstract readonly failure: Failure;
}
