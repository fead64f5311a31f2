import { readFile } from 'node:fs/promises';
import { messageOf, UsageError } from '../errors.ts';
import { readEvidence } from '../evidence/read.ts';
import { loadGrader } from '../grader/load.ts';
import { exitCodeOf, judge } from '../report/judge.ts';
import { checkReportOptions, publish, type ReportOptions } from './output.ts';

/** `keyspace-grader judge`: judges saved evidence with the grader as it is now. */
export async function judgeCommand(challenge: string, file: string, options: ReportOptions): Promise<number> {
  await checkReportOptions(options);
  const grader = await loadGrader(challenge);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The evidence cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const evidence = readEvidence(text, file);
  if (evidence.challenge !== challenge) {
    throw new UsageError(`${file} is evidence of the challenge ${evidence.challenge}, not of ${challenge}`);
  }
  const report = judge(grader, evidence);
  await publish(report, options);
  return exitCodeOf(report);
}
