import { ExitCode } from '../base/errors.ts';
import { count } from '../base/text/count.ts';
import { printable } from '../base/text/printable.ts';
import { layout } from './layout.ts';
import type { BatchResults } from './results.ts';

/** How grading a class, or collecting what was graded, came to its end. */
export interface BatchEnd {
  out: string;
  results: BatchResults;
  /** What else there is to tell, a line each. */
  remarks: readonly string[];
  /** False where some of it is still to be graded. */
  whole: boolean;
  /** The exit code that a signal asked for; undefined where nobody did. */
  signalled: number | undefined;
}

/** Only faults of ours are a failure: what learners gained is a result. */
export function exitCodeOfBatch({ results: { rows, faults }, signalled }: BatchEnd): number {
  if (signalled !== undefined) return signalled;
  const isOurs = rows.some(({ cells }) =>
    cells.some(({ status }) => status === 'error' || status === 'pending'),
  );
  return isOurs || faults.length > 0 ? ExitCode.infrastructure : ExitCode.passed;
}

/** What came of a batch, for the person who waited. */
export function summary({ out, results: { rows, challenges, faults }, remarks, whole }: BatchEnd): string {
  const submitted = rows.filter(({ submission }) => submission !== null);
  const cells = submitted.flatMap((row) => row.cells);
  const having = (status: string) => cells.filter((cell) => cell.status === status).length;
  const absent = rows.filter(({ cells: [first] }) => first?.status === 'not submitted').length;
  const lines = [
    `${count(submitted.length, 'submission')}, ${count(challenges.length, 'challenge')}`,
    `${having('passed')} passed, ${having('failed')} not yet, ${having('not started')} not started, ${having('error')} not graded`,
    ...(absent > 0 ? [`${absent} on the roster did not submit`] : []),
    ...remarks,
    ...faults.map(({ id, reason }) => `${printable(id)}: ${reason}`),
    ...(whole ? [] : ['Not all of it is graded: run the same command again.']),
    `Results: ${layout(out).file('index.html')}`,
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}
