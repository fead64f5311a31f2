import { type CollectionPlan, collectEvidence } from './evidence/collect.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Grader } from './grader/grader.ts';
import { judge } from './report/judge.ts';
import type { Report } from './report/report.ts';
import type { ScriptLimits } from './script/limits.ts';
import type { Script } from './script/script.ts';
import type { Testbed } from './testbed.ts';

export interface GradeRequest extends Testbed {
  grader: Grader;
  script: Script;
  limits: ScriptLimits;
}

/** What was seen of a submission, and what it is worth. */
export interface Graded {
  evidence: Evidence;
  report: Report;
}

/**
 * The journey of a submission: its script is run and observed, then what was seen is judged.
 * Throws what {@link collectEvidence} throws.
 */
export async function gradeScript(request: GradeRequest): Promise<Graded> {
  const { grader, ...rest } = request;
  const evidence = await collectEvidence({ plan: collectionPlan(grader, rest.script), ...rest });
  return { evidence, report: judge(grader, evidence) };
}

function collectionPlan({ id, setup, variants, checks }: Grader, { language }: Script): CollectionPlan {
  return {
    challenge: id,
    setup,
    variants: variants.filter(({ exceptLanguages }) => !exceptLanguages.includes(language.id)),
    keys: [...new Set(checks.flatMap(({ keys }) => keys))],
  };
}
