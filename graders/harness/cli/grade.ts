import { resolve } from 'node:path';
import { cleanUpOnSignals, unlessStopping } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { InfrastructureError, messageOf, NotStartedError, UsageError } from '../errors.ts';
import { gradeScript } from '../grade.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { writeOutputFile } from '../output-file.ts';
import type { GradedSubmission } from '../report/formats/format.ts';
import { ungraded } from '../report/judge.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import type { Script } from '../script/script.ts';
import { findScript } from '../submission/find.ts';
import { prepareTestbed, type Testbed, type TestbedChoice } from '../testbed.ts';
import { selectChallenges } from './challenges.ts';
import {
  exitCodeFor,
  namedFiles,
  planReports,
  publish,
  type ReportOptions,
  type ReportPlan,
  writeReports,
} from './output.ts';
import { notify } from './stdout.ts';

export interface GradeOptions extends ReportOptions, TestbedChoice, CollectionChoice {
  /** Seconds. */
  timeout: number;
  evidence?: string;
}

/**
 * `keyspace-grader grade`: grades a submission of one challenge or of several and publishes the report. What
 * keeps a single challenge from being graded is published too, then thrown; of several it is the report of
 * that one.
 */
export async function gradeCommand(selector: string, path: string, options: GradeOptions): Promise<number> {
  cleanUpOnSignals();
  const plan = await planReports(options, options.evidence);
  const collection = await collectionToGradeWith(options);
  const ids = await selectChallenges(selector, collection);
  const graders = await Promise.all(ids.map((id) => loadGrader(id, collection)));
  const [only] = graders;
  return graders.length === 1 && only
    ? gradeOne(only, path, options, plan)
    : gradeSeveral(graders, path, options, plan);
}

async function gradeOne(
  grader: Grader,
  path: string,
  options: GradeOptions,
  plan: ReportPlan,
): Promise<number> {
  try {
    const submission = await unlessStopping(
      grade(grader, path, options, () => prepareTestbed(options, notify)),
    );
    if (options.evidence !== undefined)
      await writeOutputFile(options.evidence, `${JSON.stringify(submission.evidence)}\n`);
    await publish([submission], options, plan);
    return exitCodeFor([submission.report], options);
  } catch (error) {
    const fault = faultOf(grader, error);
    if (!fault) throw error;
    await publishFault(fault, options, plan);
    // Where only faults of ours count, a folder without a script is as well graded as any.
    const exitCode = exitCodeFor([fault.report], options);
    if (exitCode !== 0) throw error;
    notify(messageOf(error));
    return exitCode;
  }
}

async function gradeSeveral(
  graders: readonly Grader[],
  path: string,
  options: GradeOptions,
  plan: ReportPlan,
): Promise<number> {
  if (options.evidence !== undefined)
    throw new UsageError('--evidence keeps what was seen of one challenge. Name one.');
  const submissions: GradedSubmission[] = [];
  let bed: Promise<Testbed> | undefined;
  const testbed = () => {
    bed ??= prepareTestbed(options, notify);
    return bed;
  };
  for (const grader of graders) {
    try {
      submissions.push(await unlessStopping(grade(grader, path, options, testbed)));
    } catch (error) {
      // Two solutions or an unreadable one in a folder are no reason to leave the other challenges ungraded.
      const fault = faultOf(grader, error) ?? (error instanceof UsageError && notStarted(grader, error));
      if (!fault) throw error;
      submissions.push(fault);
    }
  }
  await publish(submissions, options, plan);
  return exitCodeFor(
    submissions.map(({ report }) => report),
    options,
  );
}

/** The message of a fault goes to stderr; the documents tell it to programs. */
async function publishFault(fault: GradedSubmission, options: GradeOptions, plan: ReportPlan): Promise<void> {
  try {
    await writeReports([fault], options, plan);
  } catch (error) {
    // The fault comes first: a disk that is full for its document is one thing more to tell.
    notify(`keyspace-grader: ${messageOf(error)}`);
  }
}

/** The report on what could not be graded; undefined where the caller is to mend the call first. */
function faultOf(grader: Grader, error: unknown): GradedSubmission | undefined {
  if (error instanceof InfrastructureError)
    return { report: ungraded(grader, 'error', error.message), evidence: null };
  return error instanceof NotStartedError ? notStarted(grader, error) : undefined;
}

function notStarted(grader: Grader, error: UsageError): GradedSubmission {
  return { report: ungraded(grader, 'not started', error.message), evidence: null };
}

async function grade(
  grader: Grader,
  path: string,
  options: GradeOptions,
  testbed: () => Promise<Testbed>,
): Promise<GradedSubmission> {
  const script = await findScript(grader.id, path);
  refuseToOverwrite(script, options);
  const limits = { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 };
  return gradeScript({ grader, script, ...(await testbed()), limits });
}

function refuseToOverwrite({ path }: Script, options: GradeOptions): void {
  const file = namedFiles(options, options.evidence).find((name) => resolve(name) === path);
  if (file !== undefined) throw new UsageError(`${file} is the script itself. Name another file.`);
}
