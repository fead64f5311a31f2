import { dirname } from 'node:path';
import { aboutCalls } from './checks/trace-questions.ts';
import { type CollectionPlan, collectEvidence } from './evidence/collect.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { Grader } from './grader/grader.ts';
import { costOf } from './hints/policy.ts';
import { type HintsTaken, readHints } from './hints/taken.ts';
import { judge } from './report/judge.ts';
import type { Report } from './report/report.ts';
import type { ScriptLimits } from './script/limits.ts';
import type { Script } from './submission/script.ts';
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
  // Read before the script runs, which might write another.
  const hints = await hintsThatCost(grader, rest.script);
  const seen = await collectEvidence({ plan: collectionPlan(grader, rest.script), ...rest });
  const evidence = hints === undefined ? seen : { ...seen, hints };
  return { evidence, report: judge(grader, evidence) };
}

/** Undefined where hints cost nothing. */
async function hintsThatCost({ id, hints }: Grader, { path }: Script): Promise<HintsTaken | undefined> {
  return costOf(hints) === 0 ? undefined : (await readHints(dirname(path), id)).taken;
}

function collectionPlan({ id, setup, variants, checks }: Grader, { language }: Script): CollectionPlan {
  return {
    challenge: id,
    setup,
    variants: variants.filter(({ exceptLanguages }) => !exceptLanguages.includes(language.id)),
    keys: [...new Set(checks.flatMap(({ keys }) => keys))],
    questions: [
      ...checks.flatMap(({ asks = [] }) => asks),
      ...variants.flatMap(({ calls }) => (calls ? aboutCalls(calls) : [])),
    ],
  };
}
