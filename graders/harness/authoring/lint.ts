import type { ChallengeSource } from './challenge-source.ts';
import type { LintFinding } from './lint-finding.ts';
import type { ProbedServer } from './probe-server.ts';
import { RULES } from './rules/index.ts';

/** A finding, and where it comes from. */
export interface NamedFinding extends LintFinding {
  challenge: string;
  rule: string;
}

/** Holds a challenge to every rule. The findings by file, line and column. */
export function lintChallenge(challenge: ChallengeSource, server: ProbedServer): NamedFinding[] {
  return RULES.flatMap((rule) =>
    rule.check(challenge, server).map((finding) => ({ challenge: challenge.id, rule: rule.id, ...finding })),
  ).sort(
    (left, right) =>
      left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column,
  );
}
