/** What a check found in the evidence. Texts are for the learner, plain and already safe to print. */
export type Finding = { passed: true } | Failure;

export interface Failure {
  passed: false;
  /** What would have passed. */
  expected: string;
  /** What was there instead. */
  actual: string;
  /** How the two differ, where that is hard to see. */
  difference?: string;
  /** The commands that matter, in the order in which they ran. */
  commands?: CommandNote[];
}

/** A command that the script ran, and what it did to the thing that was checked. */
export interface CommandNote {
  /** Its line in the learner's script; null where that cannot be told. */
  line: number | null;
  command: string;
  /** What it did: `removed the key and its TTL`. */
  effect: string | null;
  /** Its position in the trace of the run, from 0. Reports of earlier days do not tell. */
  index?: number;
}

export const PASS: Finding = { passed: true };
