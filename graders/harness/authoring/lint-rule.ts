import type { ChallengeSource } from './challenge-source.ts';
import type { ServerFacts } from './server-facts.ts';

/** Something about a challenge that its author should mend. Lines and columns are counted from 1. */
export interface LintFinding {
  /** The file's name, as seen from the current folder. */
  file: string;
  line: number;
  column: number;
  message: string;
}

/** A rule: pure, from what is read of a challenge to what is wrong with it. */
export interface LintRule {
  /** Its name, as findings carry it. */
  id: string;
  /** What it finds, for the guide. */
  description: string;
  check(challenge: ChallengeSource, server: ServerFacts): LintFinding[];
}

/** A finding about a file as a whole. */
export function ofFile(file: string, message: string): LintFinding {
  return { file, line: 1, column: 1, message };
}
