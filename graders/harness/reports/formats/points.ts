import type { GradedSubmission } from './format.ts';

/** Points are told to so many decimals. */
const SCALE = 1e6;

/**
 * The largest number of points of which all that can be gained, and all that was, is a multiple: 1 for checks
 * of 1, 2 and 3 points, 0.5 for checks of 1 and 1.5.
 */
export function pointUnit(submissions: readonly GradedSubmission[]): number {
  const points = submissions.flatMap(({ report }) =>
    report.checks.length === 0
      ? [report.maxScore]
      : report.checks.flatMap(({ score, maxScore }) => [score, maxScore]),
  );
  const unit = points.map((one) => Math.round(one * SCALE)).reduce(greatestCommonDivisor, 0);
  return unit === 0 ? 1 : unit / SCALE;
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}
