import { cleanUpOnSignals } from '../cleanup.ts';
import type { EngineKind } from '../engine/engine.ts';
import { selectEngine } from '../engine/select.ts';
import { InfrastructureError, NotStartedError } from '../errors.ts';
import { gradeScript } from '../grade.ts';
import type { Grader } from '../grader/grader.ts';
import { loadGrader } from '../grader/load.ts';
import { writeOutputFile } from '../output-file.ts';
import { exitCodeOf, ungraded } from '../report/judge.ts';
import { DEFAULT_LIMITS } from '../script/limits.ts';
import { installedClient } from '../script/workspace.ts';
import { findScript } from '../submission/find.ts';
import { checkReportOptions, publish, publishJson, type ReportOptions } from './output.ts';

export interface GradeOptions extends ReportOptions {
  engine: EngineKind | 'auto';
  image: string;
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
  try {
    return await grade(grader, path, options);
  } catch (error) {
    // The message goes to stderr; the document tells it to programs.
    if (error instanceof NotStartedError)
      await publishJson(ungraded(grader, 'not started', error.message), options);
    if (error instanceof InfrastructureError)
      await publishJson(ungraded(grader, 'error', error.message), options);
    throw error;
  }
}

async function grade(grader: Grader, path: string, options: GradeOptions): Promise<number> {
  const script = await findScript(grader.id, path);
  const engine = await selectEngine(options, (line) => process.stderr.write(`${line}\n`));
  const { evidence, report } = await gradeScript({
    grader,
    script,
    engine,
    limits: { ...DEFAULT_LIMITS, timeMs: options.timeout * 1000 },
    cli: installedClient(),
  });
  if (options.evidence !== undefined)
    await writeOutputFile(options.evidence, `${JSON.stringify(evidence)}\n`);
  await publish(report, options);
  return exitCodeOf(report);
}
