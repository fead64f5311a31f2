import type { Report } from '../../../judging/report/report.ts';
import { type Html, html } from './markup.ts';

/**
 * The score as a bar: a part for each check, as wide as its points. Only for the eye: the words beside it say
 * the same. Drawn, since the page's policy forbids styles of single elements.
 */
export function scoreBar({ checks, maxScore }: Report): Html | null {
  if (checks.length === 0 || maxScore === 0) return null;
  let start = 0;
  const parts = checks.map(({ status, maxScore: points }) => {
    const part = html`<rect class="${status}" x="${percent(start / maxScore)}" width="${percent(points / maxScore)}" height="100%"/>`;
    start += points;
    return part;
  });
  return html`<svg class="bar" aria-hidden="true" focusable="false">${parts}</svg>`;
}

function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`;
}
