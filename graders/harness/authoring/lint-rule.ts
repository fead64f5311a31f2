import type { ChallengeSource } from './challenge-source.ts';
import type { LintFinding } from './lint-finding.ts';
import type { ProbedServer } from './probe-server.ts';

/** A rule: pure, from what is read of a challenge to what is wrong with it. */
export interface LintRule {
  /** Its name, as findings carry it. */
  id: string;
  /** What it finds, for the guide. */
  description: string;
  check(challenge: ChallengeSource, server: ProbedServer): LintFinding[];
}
