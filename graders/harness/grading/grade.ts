import { dirname } from 'node:path';
import { unlessStopping } from '../base/cleanup.ts';
import { messageOf, NotStartedError, ReadableError, UsageError } from '../base/errors.ts';
import { readHints } from '../challenges/hints/taken.ts';
import type { ServerQuestion } from '../evidence/answers.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { RivalQuestion } from '../evidence/rival.ts';
import { RunView } from '../judging/checks/run-view.ts';
import { aboutCalls } from '../judging/checks/trace-questions.ts';
import type { Check, Grader } from '../judging/grader.ts';
import { costOf } from '../judging/hints/charge.ts';
import { judge, judgedVariants, ungraded } from '../judging/report/judge.ts';
import { recordEvidence } from '../recording/observe/record-evidence.ts';
import type { RecordingPlan } from '../recording/observe/recording-plan.ts';
import type { ScriptLimits } from '../recording/script/limits.ts';
import { findScript } from '../recording/submission/find.ts';
import type { Script } from '../recording/submission/script.ts';
import type { GradedSubmission } from '../reports/formats/format.ts';
import type { Testbed } from './testbed.ts';

/** Where a submitter's scripts are, and how they are graded. */
export interface GradingRequest {
  /** A script, or a folder of one or several challenges. */
  path: string;
  /** True for a script in whose folder those of others lie. */
  isApart?: boolean;
  /** Called for the first script that is found: what is not begun needs no engine. */
  testbed(): Promise<Testbed>;
  limits: ScriptLimits;
  /** Told of each script before it runs; may throw to refuse it. */
  onScript?(script: Script, grader: Grader): void | Promise<void>;
}

/** Finds and grades the scripts of several challenges of one submitter, one after the other. */
export async function findAndGradeAll(
  graders: readonly Grader[],
  request: GradingRequest,
): Promise<GradedSubmission[]> {
  const submissions: GradedSubmission[] = [];
  // Two solutions or an unreadable one in a folder are no reason to leave the other challenges ungraded.
  for (const grader of graders) submissions.push(await gradeOrReport(grader, request));
  return submissions;
}

/**
 * Finds and grades the script of one challenge. Whatever keeps it from being graded is its report, so that the others
 * are graded whatever it is.
 */
export async function gradeOrReport(grader: Grader, request: GradingRequest): Promise<GradedSubmission> {
  try {
    return await findAndGrade(grader, request);
  } catch (error) {
    return notGraded(grader, error);
  }
}

/** Finds and grades the script of one challenge. Throws what finding, preparing and running throw. */
export async function findAndGrade(
  grader: Grader,
  { path, isApart, testbed, limits, onScript }: GradingRequest,
): Promise<Graded> {
  return unlessStopping(async () => {
    const script = { ...(await findScript(grader.id, path)), isApart: isApart === true };
    await onScript?.(script, grader);
    return gradeScript({ grader, script, ...(await testbed()), limits });
  });
}

interface ScriptRequest extends Testbed {
  grader: Grader;
  script: Script;
  limits: ScriptLimits;
}

/** What was seen of a submission, and what it is worth. */
export interface Graded extends GradedSubmission {
  evidence: Evidence;
}

/**
 * Grades a script that was found: it is run and observed, then what was seen is judged.
 * Throws what {@link recordEvidence} throws.
 */
export async function gradeScript({ grader, ...request }: ScriptRequest): Promise<Graded> {
  const { script } = request;
  // Read before the script runs, which might write another.
  const hints = await hintsTaken(grader, script);
  const seen = await recordEvidence({ plan: recordingPlan(grader, script), ...request });
  const evidence = { ...seen, ...hints };
  return { evidence, report: judge(grader, evidence), script: script.path };
}

/** Those that cost nothing are told apart: they are to cost nothing when a later grader judges the evidence again. */
async function hintsTaken(
  { id, hints }: Grader,
  { path, isApart }: Script,
): Promise<Pick<Evidence, 'hints' | 'freeHints'>> {
  // Hints lie beside the script: in a folder of several, nobody knows whose.
  if (hints === 'off' || isApart === true) return {};
  const { taken } = await readHints(dirname(path), id);
  if (costOf(hints) > 0) return { hints: taken };
  return Object.keys(taken).length > 0 ? { freeHints: taken } : {};
}

function recordingPlan(grader: Grader, { language }: Script): RecordingPlan {
  const { id, setup, variants, checks, server } = grader;
  return {
    challenge: id,
    setup,
    ...(server && { server }),
    variants: variants.filter(({ exceptLanguages }) => !exceptLanguages.includes(language.id)),
    keys: [...new Set(checks.flatMap(({ keys }) => keys))],
    questions: [
      ...checks.flatMap(({ asks = [] }) => asks),
      ...variants.flatMap(({ calls }) => (calls ? aboutCalls(calls) : [])),
    ],
    serverQuestions: (variant) => questionsOf(grader, language.id, variant),
    rivals: (variant) => rivalsOf(grader, language.id, variant),
  };
}

/** What checks ask the server after the run of a variant, each once. */
function questionsOf(grader: Grader, language: string, variant: string | null): ServerQuestion[] {
  const questions = judgedIn(grader, language, variant).flatMap(
    ({ serverQuestions = [] }) => serverQuestions,
  );
  return [...new Map(questions.map((question) => [JSON.stringify(question), question])).values()];
}

/** The checks that are judged on the run of a variant. */
function judgedIn(grader: Grader, language: string, variant: string | null): Check[] {
  return grader.checks.filter((check) =>
    judgedVariants(grader, check, language).some((run) => (run?.id ?? null) === variant),
  );
}

/** The rivals that checks want tried in the run of a variant, each once; undefined where none of them wants any. */
function rivalsOf(grader: Grader, language: string, variant: string | null): RivalQuestion | undefined {
  const asking = judgedIn(grader, language, variant).flatMap(({ rivals }) => (rivals ? [rivals] : []));
  if (asking.length === 0) return undefined;
  return (run) => {
    const view = new RunView({ script: { text: null, language }, runs: [run] }, run);
    const rivals = asking.flatMap((rivalsIn) => rivalsIn(view));
    return [...new Map(rivals.map((rival) => [JSON.stringify(rival), rival])).values()];
  };
}

/** The report on what could not be graded; undefined where the caller is to mend the call first. */
export function faultOf(grader: Grader, error: unknown): GradedSubmission | undefined {
  const isUsage = error instanceof UsageError && !(error instanceof NotStartedError);
  return isUsage || !(error instanceof ReadableError) ? undefined : notGraded(grader, error);
}

/** The report on what kept a submission from being graded: whose fault it is decides whether it is tried again. */
export function notGraded(grader: Grader, error: unknown): GradedSubmission {
  const status = error instanceof UsageError ? 'not started' : 'error';
  return { report: ungraded(grader, status, messageOf(error)), evidence: null };
}
