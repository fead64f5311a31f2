import { count } from '../../../base/text/count.ts';
import { printable } from '../../../base/text/printable.ts';
import { totalWords } from '../../total.ts';
import { type GradedSubmission, totalOf } from '../format.ts';
import { htmlDocument } from './document.ts';
import { type Html, html } from './markup.ts';
import { baseStyle, reportScript, reportStyle } from './report-assets.ts';
import type { PageSubmission } from './submission.ts';
import { submissionArticle } from './submission-article.ts';
import { STATUS_WORDS, toneOf } from './summary.ts';

/** Bytes of a page that the histories of all its runs may take together. */
const HISTORY_ROOM = 2 * 1024 * 1024;

/** Where a page stands among those of a class. */
export interface PlaceInClass {
  /** Whose submission it is, as people know them. */
  learner: string;
  /** The way to the overview of all, relative to the page: the folder may be moved. */
  overview: string;
}

/** The whole page on one or several challenges of one submitter, as HTML that stands alone. */
export function page(submissions: readonly GradedSubmission[], now: Date, place?: PlaceInClass): string {
  const level = submissions.length > 1 ? 2 : 1;
  const histories = submissions.flatMap(
    ({ evidence }) => evidence?.runs.filter(({ replay }) => replay) ?? [],
  ).length;
  const shown = submissions.map(
    (submission, index): PageSubmission => ({
      ...submission,
      prefix: `challenge-${index + 1}`,
      level,
      historyRoom: HISTORY_ROOM / Math.max(1, histories),
    }),
  );
  return htmlDocument({
    title: place ? `${printable(place.learner)} · ${titleOf(submissions)}` : titleOf(submissions),
    style: baseStyle() + reportStyle(),
    script: reportScript(),
    skip: 'Skip to the report',
    main: html`${place && placeLine(place)}
${shown.length > 1 && overview(shown)}
${shown.map(submissionArticle)}`,
    footer: html`Written by keyspace-grader on <time datetime="${now.toISOString()}">${dateOf(now)}</time>`,
  });
}

function placeLine({ learner, overview }: PlaceInClass): Html {
  return html`<nav class="place" aria-label="The class"><a href="${overview}">All submissions</a></nav>
<p class="learner"><bdi>${learner}</bdi></p>`;
}

function titleOf(submissions: readonly GradedSubmission[]): string {
  const [first] = submissions;
  if (!first || submissions.length > 1) {
    return `${pointsOf(submissions)} · ${count(submissions.length, 'challenge')}`;
  }
  const { status, challenge } = first.report;
  const points = first.report.score === null ? STATUS_WORDS[status] : pointsOf(submissions);
  return `${points} · ${challenge.title}`;
}

function pointsOf(submissions: readonly GradedSubmission[]): string {
  return totalWords(submissions.map(({ report }) => report));
}

/** What stands above several challenges: how each went, and the way to it. */
function overview(submissions: readonly PageSubmission[]): Html {
  const { score, maxScore } = totalOf(submissions);
  const ungraded = submissions.filter(({ report }) => report.score === null).length;
  const total =
    ungraded > 0 ? pointsOf(submissions) : html`<strong>${score}</strong> of ${count(maxScore, 'point')}`;
  const rows = submissions.map(({ report, prefix }) => {
    const { challenge, status, score, maxScore } = report;
    return html`<tr><th scope="row"><a href="#${prefix}">${challenge.title}</a></th><td><span class="status ${toneOf(status)}">${STATUS_WORDS[status]}</span></td><td class="number">${score === null ? '–' : score} of ${maxScore}</td></tr>
`;
  });
  return html`<header class="overview">
<h1>${count(submissions.length, 'challenge')}</h1>
<p class="score"><span class="points">${total}</span></p>
${ungraded > 0 && html`<p>${count(ungraded, 'challenge')} could not be graded: no points are lost there.</p>`}
<table><caption class="unseen">The challenges</caption>
<thead><tr><th scope="col">Challenge</th><th scope="col">Status</th><th scope="col" class="number">Points</th></tr></thead>
<tbody>
${rows}</tbody></table>
</header>`;
}

/** `24 November 2026, 12:45 UTC`, wherever it is written. */
/** Made when it is first needed, and once for all pages: that takes longer than to use it. */
let dateFormat: Intl.DateTimeFormat | undefined;

function dateOf(now: Date): string {
  dateFormat ??= new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  const part = new Map(dateFormat.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.get('day')} ${part.get('month')} ${part.get('year')}, ${part.get('hour')}:${part.get('minute')} UTC`;
}
