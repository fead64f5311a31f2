import { ExitCode } from '../base/errors.ts';
import { count } from '../base/text/count.ts';
import { printable } from '../base/text/printable.ts';
import { isRefused, isUngraded, reasonOf } from './exports/status.ts';
import { layout } from './layout.ts';
import type { BatchResults } from './results.ts';

/** How many refused submissions are named: the dashboard names all. */
const MOST_REFUSED = 10;

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
export function summary({ out, results, remarks, whole }: BatchEnd): string {
  const { rows, challenges, faults } = results;
  const submitted = rows.filter(({ submission }) => submission !== null);
  const absent = rows.filter(({ cells: [first] }) => first?.status === 'not submitted').length;
  const lines = [
    `${count(submitted.length, 'submission')}, ${count(challenges.length, 'challenge')}`,
    tally(submitted),
    ...refusedLines(submitted, challenges.length > 1),
    ...(absent > 0 ? [`${absent} on the roster did not submit`] : []),
    ...remarks,
    ...faults.map(({ id, reason }) => `${printable(id)}: ${reason}`),
    ...(whole ? [] : ['Not all of it is graded: run the same command again.']),
    `Results: ${layout(out).file('index.html')}`,
  ];
  return `\n${lines.map((line) => `  ${line}\n`).join('')}\n`;
}

/** How many went how. Where nothing was graded there is nothing to count. */
function tally(submitted: BatchResults['rows']): string {
  const cells = submitted.flatMap((row) => row.cells);
  const having = (status: string) => cells.filter((cell) => cell.status === status).length;
  const ungradable = having('not gradable');
  const ungraded = [
    `${having('error')} not graded`,
    ...(ungradable > 0 ? [`${ungradable} not gradable here`] : []),
  ].join(', ');
  if (cells.length > 0 && cells.every(({ status }) => isUngraded(status)))
    return `Nothing was graded: ${having('pending') === cells.length ? 'all of it is still to be done' : ungraded}`;
  return `${having('passed')} passed, ${having('failed')} not yet, ${having('not started')} not started, ${ungraded}`;
}

/** The scripts that were refused, and why: to those who handed them in it is no secret, and others may mend it. */
function refusedLines(submitted: BatchResults['rows'], several: boolean): string[] {
  const refused = submitted.flatMap(({ id, cells }) =>
    cells.filter(isRefused).map((cell) => {
      const name = several ? `${printable(id)} (${cell.challenge})` : printable(id);
      return `  ${name}: ${printable(reasonOf(cell) ?? '')}`;
    }),
  );
  if (refused.length === 0) return [];
  const more = refused.length - MOST_REFUSED;
  return [
    `${count(refused.length, 'script')} refused, which count as not started:`,
    ...refused.slice(0, MOST_REFUSED),
    ...(more > 0 ? [`  … and ${more} more: see index.html`] : []),
  ];
}
