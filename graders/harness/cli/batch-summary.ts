import { layout } from '../batch/layout.ts';
import type { BatchResults } from '../batch/results.ts';
import { ExitCode } from '../errors.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';

/** Only faults of ours are a failure: what learners gained is a result. */
export function exitCodeOfBatch({ rows, faults }: BatchResults): number {
  const isOurs = rows.some(({ cells }) =>
    cells.some(({ status }) => status === 'error' || status === 'pending'),
  );
  return isOurs || faults.length > 0 ? ExitCode.infrastructure : ExitCode.passed;
}

/** What came of a batch, for the person who waited. */
export function summary(
  { rows, challenges, faults }: BatchResults,
  remarks: readonly string[],
  out: string,
  whole: boolean,
): string {
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
