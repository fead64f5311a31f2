import { resolve } from 'node:path';
import { cleanUpOnSignals, unlessStopping } from '../cleanup.ts';
import { InfrastructureError, messageOf, NotStartedError, UsageError } from '../errors.ts';
import { type Graded, gradeScript } from '../grade.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { writeOutputFile } from '../output-file.ts';
import { exitCodeOf, ungraded } from '../report/judge.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { findScript } from '../submission/find.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { checkReportOptions, publish, publishJson, type ReportOptions } from './output.ts';
import { notify } from './stdout.ts';

export interface GradeOptions extends ReportOptions, TestbedChoice {
  /** Seconds. */
  timeout: number;
  evidence?: string;
}

/**
 * `keyspace-grader grade`: grades one submission and publishes the report. A fault that keeps it from being
 * graded is published too, then thrown.
 */
export async function gradeCommand(challenge: string, path: string, options: GradeOptions): Promise<number> {
  cleanUpOnSignals();
  await checkReportOptions(options, options.evidence);
  const grader = await loadGrader(challenge);
  let graded: Graded;
  try {
    graded = await unlessStopping(grade(grader, path, options));
  } catch (error) {
    await publishFault(grader, error, options);
    throw error;
  }
  const { evidence, report } = graded;
  if (options.evidence !== undefined)
    await writeOutputFile(options.evidence, `${JSON.stringify(evidence)}\n`);
  await publish(report, options);
  return exitCodeOf(report);
}

/** The message of a fault goes to stderr; the document tells it to programs. */
async function publishFault(grader: Grader, error: unknown, options: GradeOptions): Promise<void> {
  const isOurs = error instanceof InfrastructureError;
  if (!isOurs && !(error instanceof NotStartedError)) return;
  try {
    await publishJson(ungraded(grader, isOurs ? 'error' : 'not started', error.message), options);
  } catch (second) {
    // The fault comes first: a disk that is full for its document is one thing more to tell.
    process.stderr.write(`keyspace-grader: ${messageOf(second)}\n`);
  }
}

async function grade(grader: Grader, path: string, options: GradeOptions): Promise<Graded> {
  const script = await findScript(grader.id, path);
  for (const file of [options.json, options.evidence])
    if (file !== undefined && resolve(file) === script.path)
      throw new UsageError(`${file} is the script itself. Name another file.`);
  const testbed = await prepareTestbed(options, notify);
  return gradeScript({
    grader,
    script,
    ...testbed,
    limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
  });
}
