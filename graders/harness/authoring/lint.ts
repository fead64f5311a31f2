import type { ChallengeSource } from './challenge-source.ts';
import type { LintFinding } from './lint-finding.ts';
import type { ProbedServer } from './probe-server.ts';
import { RULES } from './rules/index.ts';
import { sentenceFindings, sentences } from './rules/sentences.ts';

/** A finding, and where it comes from. */
export interface NamedFinding extends LintFinding {
  challenge: string;
  rule: string;
}

/**
 * Holds a challenge to every rule. The findings by file, line and column. With `coverage`, a challenge that does not
 * say which checks hold its sentences is asked to.
 */
export function lintChallenge(
  challenge: ChallengeSource,
  server: ProbedServer,
  coverage = false,
): NamedFinding[] {
  const findings = RULES.flatMap((rule) => rule.check(challenge, server).map(named(rule.id)));
  const isUnsaid = coverage && !challenge.grader?.content.sentences;
  return [...findings, ...(isUnsaid ? sentenceFindings(challenge).map(named(sentences.id)) : [])].sort(
    (left, right) =>
      left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column,
  );

  function named(rule: string) {
    return (finding: LintFinding): NamedFinding => ({ challenge: challenge.id, rule, ...finding });
  }
}
