import { count } from '../../../base/text/count.ts';
import { type Html, html } from '../../../reports/formats/html/markup.ts';
import type { ResultRow } from '../../results.ts';

/** A range of points, and how many have so many; `to` is the last one's own, the others' next. */
export interface Bin {
  label: string;
  /** For those who hear it. */
  words: string;
  count: number;
}

/** Up to so many points there is a bar for each of them. */
const SINGLE_POINTS = 20;

/** The points of those who submitted and were graded. */
export function gradedScores(rows: readonly ResultRow[]): number[] {
  return rows.flatMap(({ submission, score }) => (submission === null ? [] : (score ?? [])));
}

/** How many have how many points: a bin for each point where these are few and whole, and ten otherwise. */
export function distribution(scores: readonly number[], maxScore: number): Bin[] {
  const isWhole = [...scores, maxScore].every(Number.isInteger);
  if (isWhole && maxScore <= SINGLE_POINTS)
    return Array.from({ length: maxScore + 1 }, (_, points) => ({
      label: String(points),
      words: count(points, 'point'),
      count: scores.filter((score) => score === points).length,
    }));
  return Array.from({ length: 10 }, (_, index) => ({
    label: `${index * 10}–${index * 10 + 10}`,
    words: `${index * 10} to ${index * 10 + 10} % of the points`,
    count: scores.filter((score) => Math.min(9, Math.floor((score / maxScore) * 10)) === index).length,
  }));
}

/** The middle one of numbers, or the mean of the middle two; null of none. */
export function median(numbers: readonly number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}

/** The mean of numbers; null of none. */
export function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** The histogram: a list for those who hear it, bars for those who see it. */
export function histogram(rows: readonly ResultRow[], maxScore: number): Html {
  const scores = gradedScores(rows);
  if (scores.length === 0) return html`<p>Nothing is graded yet.</p>`;
  const bins = distribution(scores, maxScore);
  const most = Math.max(...bins.map((bin) => bin.count));
  const inPercent = bins.length === 10 && bins[0]?.label === '0–10';
  const bars = bins.map(({ label, words, count: number }) => {
    const height = (number / most) * 100;
    return html`<li><span class="unseen">${words}: ${count(number, 'submission')}</span><span class="amount" aria-hidden="true">${number === 0 ? '' : number}</span><svg aria-hidden="true" focusable="false"><rect width="100%" y="${round(100 - height)}%" height="${round(height)}%"/></svg><span class="label" aria-hidden="true">${label}</span></li>
`;
  });
  return html`<ol class="histogram">
${bars}</ol>
<p class="axis" aria-hidden="true">${inPercent ? '% of the points' : 'points'}</p>`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
