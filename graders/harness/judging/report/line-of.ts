import type { CheckReport, Report } from './report.ts';

/**
 * The line of the script that had to do with a check's failure, from 1: where no command ran, the one that kept the
 * script from its work; else that of the last command that matters. Undefined where none is known.
 */
export function lineOf(
  { status, failure }: CheckReport,
  { causes = [], nothingRan }: Pick<Report, 'causes' | 'nothingRan'>,
): number | undefined {
  if (status !== 'failed') return undefined;
  const told = failure?.commands.findLast(({ line }) => line !== null)?.line ?? undefined;
  return nothingRan ? (causes[0]?.line ?? told) : told;
}
