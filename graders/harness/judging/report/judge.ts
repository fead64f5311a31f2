import { ExitCode, messageOf } from '../../base/errors.ts';
import { printable } from '../../base/text/printable.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { lossInWords } from '../../evidence/loss.ts';
import { isAtLeast } from '../../valkey/notation/version.ts';
import { allAsked } from '../checks/asked.ts';
import type { Failure } from '../checks/finding.ts';
import { tellOnce } from '../checks/misspelling.ts';
import { RunView } from '../checks/run-view.ts';
import type { Check, Grader } from '../grader.ts';
import { type HintsTaken, takenOf, worthOf } from '../hints/charge.ts';
import { sumOf } from '../points.ts';
import { obstacles } from './cause/causes.ts';
import { hintNotes } from './hint-notes.ts';
import { leftBehindNotes, notesOn } from './notes.ts';
import { nothingToJudge } from './nothing-to-judge.ts';
import { causeText } from './remarks.ts';
import type { CheckReport, FailureReport, Report } from './report.ts';
import { REPORT_VERSION } from './version.ts';

/** Judges evidence with a grader. Pure: the same evidence and grader give the same report, at any time. */
export function judge(grader: Grader, evidence: Evidence): Report {
  const tooOld = olderServer(grader, evidence);
  if (tooOld !== undefined)
    return { ...ungraded(grader, 'not gradable', tooOld), environment: evidence.environment };
  const asked = allAsked(grader.checks.map((check) => check.asked));
  const views = new Map(evidence.runs.map((run) => [run.variant, new RunView(evidence, run, asked)]));
  const checks: CheckReport[] = [];
  for (const check of grader.checks) {
    const reason = nothingToJudge(grader, check, checks, views);
    checks.push(
      reason === undefined
        ? judgeCheck(grader, check, views, evidence)
        : skipped(grader, check, reason, evidence.script.language),
    );
  }
  const failed = checks.some(({ status }) => status === 'failed' || status === 'skipped');
  const broken = checks.some(({ status }) => status === 'error');
  const status = broken ? 'error' : failed ? 'failed' : 'passed';
  return {
    version: REPORT_VERSION,
    challenge: { id: grader.id, title: grader.title },
    status,
    score: broken ? null : sumOf(checks.map(({ score }) => score)),
    maxScore: grader.points,
    submission: { script: printable(evidence.script.name), language: evidence.script.language },
    environment: evidence.environment,
    ...remarks(grader, evidence, views.get(null), status),
    checks: withSlipsOnce(checks),
    fault: broken
      ? 'A check of this grader failed to do its work. That is not your fault: please report it.'
      : null,
    elapsedMs: evidence.runs[0]?.clock.elapsedMs ?? null,
  };
}

/** What is told beside the checks. What kept a script from nothing, since all its checks passed, is only a note. */
function remarks(
  grader: Grader,
  evidence: Evidence,
  main: RunView | undefined,
  status: Report['status'],
): Pick<Report, 'causes' | 'nothingRan' | 'notes'> {
  const hints = [...leftBehindNotes(evidence.script.leftBehind), ...hintNotes(grader, evidence)];
  if (!main) return { notes: hints };
  const found = obstacles(evidence, main);
  const notes = [...notesOn(main.evidence, found), ...hints];
  if (status === 'passed') return { notes: [...found.causes.map(causeText), ...notes] };
  return {
    ...(found.causes.length > 0 && { causes: found.causes }),
    ...(found.nothingRan && { nothingRan: true }),
    notes,
  };
}

/** The report on a submission that could not be graded: nothing was judged, and no points are lost. */
export function ungraded(
  grader: Pick<Grader, 'id' | 'title' | 'points'>,
  status: 'error' | 'not started' | 'not gradable',
  fault: string,
): Report {
  return {
    version: REPORT_VERSION,
    challenge: { id: grader.id, title: grader.title },
    status,
    score: status === 'not started' ? 0 : null,
    maxScore: grader.points,
    submission: null,
    environment: null,
    checks: [],
    notes: [],
    fault,
    elapsedMs: null,
  };
}

/** The exit code that tells how a submission went. */
export function exitCodeOf({ status }: Report): number {
  if (status === 'error' || status === 'not gradable') return ExitCode.infrastructure;
  if (status === 'not started') return ExitCode.usage;
  return status === 'passed' ? ExitCode.passed : ExitCode.failed;
}

/** What keeps a challenge from being graded on the server that it was run against; undefined for nothing. */
function olderServer({ minVersion }: Grader, { environment }: Evidence): string | undefined {
  if (minVersion === undefined) return undefined;
  const { name, version } = environment.server;
  if (name === 'valkey' && isAtLeast(version, minVersion)) return undefined;
  return `This challenge needs Valkey ${minVersion} or later, and the grading server is ${name} ${version}. That is not your fault.`;
}

/** A misspelt name is told by the first check that misses it. */
function withSlipsOnce(checks: readonly CheckReport[]): CheckReport[] {
  const texts = tellOnce(checks.map(({ failure }) => failure?.actual ?? ''));
  return checks.map((check, index) => ({
    ...check,
    failure: check.failure && { ...check.failure, actual: texts[index] ?? '' },
  }));
}

function judgeCheck(
  grader: Grader,
  check: Check,
  views: ReadonlyMap<string | null, RunView>,
  { script: { language }, hints: paid, freeHints }: Evidence,
): CheckReport {
  const hints = paid ?? freeHints;
  const outcomes = judgedVariants(grader, check, language).map((variant) => {
    const view = views.get(variant?.id ?? null);
    const failure = view
      ? failureIn(grader, check, view, hints)
      : error(`the evidence holds no run of the variant ${variant?.id}`);
    return { variant, failure };
  });
  const { variant, failure } = outcomes.find((outcome) => outcome.failure !== null) ??
    outcomes[0] ?? { variant: null, failure: null };
  const { id, title, points } = check;
  return {
    id,
    title,
    maxScore: points,
    variant,
    status: failure?.status ?? 'passed',
    score: failure === null ? worthOf(grader, check, paid) : 0,
    failure: failure?.report ?? null,
  };
}

/** Why a check did not pass. */
interface NotPassed {
  status: 'failed' | 'error';
  report: FailureReport;
}

function failureIn(
  grader: Grader,
  check: Check,
  view: RunView,
  hints: HintsTaken | undefined,
): NotPassed | null {
  try {
    // No check may gain from a keyspace that is not there.
    const { lost } = view.evidence;
    const finding =
      lost === null
        ? check.judge(view)
        : { passed: false as const, expected: 'a server that still answers', actual: lossInWords(lost) };
    return finding.passed ? null : { status: 'failed', report: failureReport(grader, check, finding, hints) };
  } catch (problem) {
    return error(`the check itself failed: ${messageOf(problem)}`);
  }
}

function error(reason: string): NotPassed {
  return { status: 'error', report: noVerdict(reason) };
}

/**
 * The variants in whose runs a check is judged, null for the main run: all of them must go well. A variant that is not
 * for the script's language is none.
 */
export function judgedVariants(grader: Grader, check: Check, language: string): CheckReport['variant'][] {
  const find = (wanted: string | null): CheckReport['variant'] => {
    const variant = grader.variants.find(({ id }) => id === wanted);
    if (!variant || variant.exceptLanguages.includes(language)) return null;
    return { id: variant.id, title: variant.title };
  };
  const more = (check.alsoIn ?? []).map(find).filter((variant) => variant !== null);
  return [find(check.variant), ...more];
}

function skipped(grader: Grader, check: Check, reason: string, language: string): CheckReport {
  return {
    id: check.id,
    title: check.title,
    status: 'skipped',
    score: 0,
    maxScore: check.points,
    variant: judgedVariants(grader, check, language)[0] ?? null,
    failure: noVerdict(reason),
  };
}

function failureReport(
  grader: Grader,
  check: Check,
  { expected, beforeHints, actual, difference, commands }: Failure,
  taken: HintsTaken | undefined,
): FailureReport {
  const isSecret = beforeHints !== undefined && takenOf(check, taken) === 0;
  const hints = grader.hints === 'off' ? [] : check.hints;
  return {
    expected,
    ...(isSecret && { expectedBeforeHints: beforeHints }),
    actual,
    difference: difference ?? null,
    commands: commands ?? [],
    hint: hints[0] ?? null,
    hints: hints.length,
  };
}

/** Why a check was not judged: there is nothing that a hint could help with. */
function noVerdict(reason: string): FailureReport {
  return { expected: null, actual: reason, difference: null, commands: [], hint: null, hints: 0 };
}
