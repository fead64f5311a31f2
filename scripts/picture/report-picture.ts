import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED } from '../../graders/harness/challenges/collection/collection.ts';
import { loadGrader } from '../../graders/harness/challenges/grader/load.ts';
import { readEvidence } from '../../graders/harness/evidence/read.ts';
import { judge } from '../../graders/harness/judging/report/judge.ts';
import { consoleReport } from '../../graders/harness/reports/console.ts';
import { terminalSvg } from './terminal-svg.ts';

/** The challenge and the submission of which the README shows the report. */
export const CHALLENGE = 'sessions/cantina';
export const SUBMISSION = 'fixtures/sessions/cantina/fail/ttl-of-six-minutes.valkey';
/** What was seen when that submission was graded, and the picture that is made of it. */
export const EVIDENCE = 'scripts/picture/evidence.json';
export const PICTURE = 'docs/picture/report.svg';

/** The report as a picture, of the kept evidence and of the grader as it is now: nothing is run. */
export async function reportPicture(): Promise<string> {
  const evidence = readEvidence(await readFile(join(SHIPPED.root, EVIDENCE), 'utf8'), EVIDENCE);
  const report = judge(await loadGrader(CHALLENGE, SHIPPED), evidence);
  const title = `keyspace-grader grade ${CHALLENGE}`;
  return terminalSvg({ text: consoleReport(report, true), title, columns: 82 });
}

/** Writes the picture where the README shows it. */
export async function writeReportPicture(): Promise<void> {
  await writeFile(join(SHIPPED.root, PICTURE), await reportPicture());
}
