import { resolve } from 'node:path';
import { cleanUpOnSignals } from '../cleanup.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { messageOf, UsageError } from '../errors.ts';
import { faultOf, type GradingRequest, gradeChallenge, gradeChallenges } from '../grade-challenges.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { selectChallenges } from '../grader/select.ts';
import { writeOutputFile } from '../output-file.ts';
import type { GradedSubmission } from '../report/formats/format.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { notify } from '../stdout.ts';
import type { Script } from '../submission/script.ts';
import { type TestbedChoice, testbedWhenNeeded } from '../testbed.ts';
import { exitCodeFor, namedFiles, planReports, type ReportPlan, writeReports } from '../write-reports.ts';
import { publish, type ReportOptions } from './output.ts';

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
  const request = requestOf(path, options);
  if (graders.length === 1 && only) return gradeOne(only, request, options, plan);
  if (options.evidence !== undefined)
    throw new UsageError('--evidence keeps what was seen of one challenge. Name one.');
  const submissions = await gradeChallenges(graders, request);
  await publish(submissions, options, plan);
  return exitCodeFor(
    submissions.map(({ report }) => report),
    options,
  );
}

function requestOf(path: string, options: GradeOptions): GradingRequest {
  return {
    path,
    limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
    testbed: testbedWhenNeeded(options, notify),
    onScript: (script) => refuseToOverwrite(script, options),
  };
}

async function gradeOne(
  grader: Grader,
  request: GradingRequest,
  options: GradeOptions,
  plan: ReportPlan,
): Promise<number> {
  let submission: GradedSubmission;
  try {
    submission = await gradeChallenge(grader, request);
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
  if (options.evidence !== undefined)
    await writeOutputFile(options.evidence, `${JSON.stringify(submission.evidence)}\n`);
  await publish([submission], options, plan);
  return exitCodeFor([submission.report], options);
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

function refuseToOverwrite({ path }: Script, options: GradeOptions): void {
  const file = namedFiles(options, options.evidence).find((name) => resolve(name) === path);
  if (file !== undefined) throw new UsageError(`${file} is the script itself. Name another file.`);
}
