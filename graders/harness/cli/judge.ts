import { readFile } from 'node:fs/promises';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { messageOf, UsageError } from '../errors.ts';
import { readEvidence } from '../evidence/read.ts';
import { loadGrader } from '../grader/load.ts';
import { judge } from '../report/judge.ts';
import { exitCodeFor, planReports } from '../write-reports.ts';
import { publish, type ReportOptions } from './output.ts';

/** `keyspace-grader judge`: judges saved evidence with the grader as it is now. */
export async function judgeCommand(
  challenge: string,
  file: string,
  options: ReportOptions & CollectionChoice,
): Promise<number> {
  const plan = await planReports(options);
  const grader = await loadGrader(challenge, await collectionToGradeWith(options));
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The evidence cannot be read: ${messageOf(error)}`, { cause: error });
  });
  const evidence = readEvidence(text, file);
  if (evidence.challenge !== challenge) {
    throw new UsageError(`${file} is evidence of the challenge ${evidence.challenge}, not of ${challenge}`);
  }
  const report = judge(grader, evidence);
  await publish([{ report, evidence }], options, plan);
  return exitCodeFor([report], options);
}
