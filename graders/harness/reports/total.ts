import { count } from '../base/text/count.ts';
import { sumOf } from '../judging/points.ts';
import type { Report } from '../judging/report/report.ts';

/**
 * What several challenges come to, in words. Points that could not be had are no lost ones: where something was not
 * graded there is no total.
 */
export function totalWords(reports: readonly Pick<Report, 'score' | 'maxScore'>[]): string {
  const ungraded = reports.filter(({ score }) => score === null).length;
  if (ungraded > 0)
    return ungraded === reports.length
      ? 'not graded: no points lost'
      : `no total: ${count(ungraded, 'challenge')} not graded`;
  const score = sumOf(reports.map((report) => report.score ?? 0));
  return `${score} of ${count(sumOf(reports.map(({ maxScore }) => maxScore)), 'point')}`;
}
