import { resolve } from 'node:path';
import { cleanUpOnSignals, unlessStopping } from '../cleanup.ts';
import { InfrastructureError, NotStartedError, UsageError } from '../errors.ts';
import { type Graded, gradeScript } from '../grade.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { writeOutputFile } from '../output-file.ts';
import { exitCodeOf, ungraded } from '../report/judge.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { findScript } from '../submission/find.ts';
import { prepareTestbed, type TestbedChoice } from '../testbed.ts';
import { checkReportOptions, publish, publishJson, type ReportOptions } from './output.ts';

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
    // The message goes to stderr; the document tells it to programs.
    if (error instanceof NotStartedError)
      await publishJson(ungraded(grader, 'not started', error.message), options);
    if (error instanceof InfrastructureError)
      await publishJson(ungraded(grader, 'error', error.message), options);
    throw error;
  }
  const { evidence, report } = graded;
  if (options.evidence !== undefined)
    await writeOutputFile(options.evidence, `${JSON.stringify(evidence)}\n`);
  await publish(report, options);
  return exitCodeOf(report);
}

async function grade(grader: Grader, path: string, options: GradeOptions): Promise<Graded> {
  const script = await findScript(grader.id, path);
  for (const file of [options.json, options.evidence])
    if (file !== undefined && resolve(file) === script.path)
      throw new UsageError(`${file} is the script itself. Name another file.`);
  const testbed = await prepareTestbed(options, (line) => process.stderr.write(`${line}\n`));
  return gradeScript({
    grader,
    script,
    ...testbed,
    limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
  });
}
