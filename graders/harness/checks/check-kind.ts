import type { Schema } from '../document/schema.ts';
import type { RunView } from './run-view.ts';

export type { Schema };

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

/**
 * A kind of check: the schema of its parameters, and a pure function from evidence to a finding.
 * A new kind is one file and one line in `kinds/index.ts`.
 */
export interface CheckKind<Parameters> {
  kind: string;
  /** What the kind checks, for the authoring guide and for editors. */
  description: string;
  /** The properties that a check of this kind has beside id, title, points and so on. */
  properties: Record<string, Schema>;
  required: readonly (keyof Parameters & string)[];
  /** Properties of which at least one must be there, where no single one is required. */
  anyRequired?: readonly string[];
  /** Keys whose content the check needs, however large the keyspace is. */
  keys?(parameters: Parameters): string[];
  judge(parameters: Parameters, run: RunView): Finding;
}
