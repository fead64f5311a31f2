import type { Engine } from './engine/engine.ts';
import { type CollectionPlan, collectEvidence } from './evidence/collect.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Grader } from './grader/grader.ts';
import { judge } from './report/judge.ts';
import type { Report } from './report/report.ts';
import type { ScriptLimits } from './script/limits.ts';
import type { Script } from './script/run-script.ts';

export interface GradeRequest {
  grader: Grader;
  script: Script;
  engine: Engine;
  limits: ScriptLimits;
  /** A valkey-cli of this machine; undefined for none. */
  cli: string | undefined;
}

/**
 * The journey of a submission: its script is run and observed, then what was seen is judged.
 * Throws what {@link collectEvidence} throws.
 */
export async function gradeScript(request: GradeRequest): Promise<{ evidence: Evidence; report: Report }> {
  const { grader, ...rest } = request;
  const evidence = await collectEvidence({ plan: collectionPlan(grader), ...rest });
  return { evidence, report: judge(grader, evidence) };
}

function collectionPlan({ id, setup, variants, checks }: Grader): CollectionPlan {
  return { challenge: id, setup, variants, keys: [...new Set(checks.flatMap(({ keys }) => keys))] };
}
