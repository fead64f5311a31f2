import { count } from '../../../base/text/count.ts';
import { htmlDocument } from '../../../reports/formats/html/document.ts';
import { type Html, html } from '../../../reports/formats/html/markup.ts';
import { baseStyle } from '../../../reports/formats/html/report-assets.ts';
import type { BatchResults } from '../../results.ts';
import type { AllFromEvidence } from '../from-evidence.ts';
import { isUngraded, lastGraded, type RowStatus, statusOf } from '../status.ts';
import type { DashboardData } from './browser/page-data.ts';
import { dashboardScript, dashboardStyle } from './dashboard-assets.ts';
import { dashboardData } from './data.ts';
import { gradedScores, histogram, mean, median } from './distribution.ts';
import { failuresSection } from './failures.ts';
import { section } from './links.ts';
import {
  faultsSection,
  lateSection,
  missingSection,
  refusedSection,
  slowestSection,
  strangersSection,
} from './lists.ts';
import { similarSection } from './similar.ts';

/** The statuses by which one may filter, in words, in the order in which they are told. */
const STATUSES: Record<RowStatus, string> = {
  passed: 'Passed',
  'in part': 'Passed in part',
  failed: 'Not passed yet',
  'not started': 'Not started',
  'not submitted': 'Not submitted',
  error: 'Not graded',
  'not gradable': 'Not gradable here',
  pending: 'Not graded yet',
};

/** The files beside the dashboard that other tools read. */
const FILES = [
  ['results.csv', 'spreadsheet'],
  ['canvas.csv', 'Canvas'],
  ['moodle.csv', 'Moodle'],
  ['github-classroom.csv', 'GitHub Classroom'],
  ['junit.xml', 'JUnit'],
  ['results.json', 'programs'],
] as const;

/**
 * The dashboard of a batch, as one HTML page that needs no network and lets no script run but its own. Pure:
 * the same results give the same page.
 */
export function dashboard(results: BatchResults, made: AllFromEvidence): string {
  const parts = [
    faultsSection(results),
    refusedSection(results),
    scoresSection(results),
    tableSection(results),
    mapSection(results),
    failuresSection(results),
    similarSection(results, made),
    aside([
      slowestSection(results),
      lateSection(results),
      missingSection(results),
      strangersSection(results),
    ]),
  ];
  const graded = lastGraded(results);
  const [challenge, ...others] = results.challenges;
  const title =
    challenge && others.length === 0 ? challenge.title : count(results.challenges.length, 'challenge');
  return htmlDocument({
    title: `${title} · ${count(results.rows.length, 'learner')}`,
    style: baseStyle() + dashboardStyle(),
    script: dashboardScript(),
    data: JSON.stringify({ ...dashboardData(results), statuses: STATUSES } satisfies DashboardData),
    skip: 'Skip to the results',
    main: html`${head(results, title, navigation(parts))}
${parts}`,
    footer: html`Written by keyspace-grader${graded && html` from what was graded until <time datetime="${graded}">${graded.slice(0, 16).replace('T', ' ')} UTC</time>`}`,
  });
}

const NAVIGATION = {
  faults: 'Not graded',
  refused: 'Refused',
  scores: 'Points',
  table: 'Submissions',
  map: 'Checks',
  failures: 'Commonest failures',
  similar: 'Similar traces',
  slowest: 'Slowest',
  late: 'Late',
  missing: 'Not submitted',
  strangers: 'Not on the roster',
};

/** Links to the sections that are there. */
function navigation(parts: readonly (Html | null)[]): Html {
  const links = Object.entries(NAVIGATION).flatMap(([id, label]) =>
    parts.some((part) => part?.markup.includes(`<section id="${id}"`))
      ? [html`<li><a href="#${id}">${label}</a></li>`]
      : [],
  );
  return html`<nav aria-label="On this page"><ul>${links}</ul></nav>`;
}

function head({ rows, challenges }: BatchResults, title: string, navigation: Html): Html {
  const having = (...statuses: RowStatus[]) => rows.filter((row) => statuses.includes(statusOf(row))).length;
  const submitted = rows.filter(({ submission }) => submission !== null).length;
  const late = rows.filter(({ submission }) => (submission?.commit?.late ?? 0) > 0).length;
  const ours = rows.filter((row) => isUngraded(statusOf(row))).length;
  const tile = (number: Html | number | string, label: string, tone = '') =>
    html`<div class="tile ${tone}"><dt>${label}</dt><dd>${number}</dd></div>
`;
  const scores = gradedScores(rows);
  const maxScore = rows[0]?.maxScore ?? 0;
  const average = (score: number | null) =>
    score === null ? '–' : html`${oneDecimal(score)} <small>of ${maxScore}</small>`;
  const files = FILES.map(
    ([file, purpose]) => html`<li><a href="${file}">${file}</a> <small>${purpose}</small></li>
`,
  );
  return html`<header class="summary">
${challenges.length === 1 && html`<p class="challenge">${challenges[0]?.id}</p>`}
<h1>${title}</h1>
<dl class="tiles">
${tile(html`${submitted}${submitted < rows.length && html` <small>of ${rows.length}</small>`}`, 'submitted')}
${
  scores.length > 0 &&
  html`${tile(having('passed'), challenges.length === 1 ? 'passed' : 'passed all', 'good')}
${tile(average(mean(scores)), 'points on average')}
${tile(average(median(scores)), 'median')}`
}
${late > 0 && tile(late, 'late', 'warn')}
${ours > 0 && tile(ours, 'not graded', 'warn')}
</dl>
<details class="files"><summary>Files for other tools</summary><ul>
${files}</ul></details>
${navigation}
</header>`;
}

function oneDecimal(number: number): number {
  return Math.round(number * 10) / 10;
}

function scoresSection({ rows, challenges }: BatchResults): Html {
  const each = challenges.map((challenge, index) => {
    // What could not be graded is nobody's failure.
    const cells = rows
      .flatMap((row) => (row.submission ? (row.cells[index] ?? []) : []))
      .filter(({ status }) => !isUngraded(status));
    if (cells.length === 0)
      return html`<li><span>${challenge.title}</span><span class="number">not graded</span></li>
`;
    const passed = cells.filter(({ status }) => status === 'passed').length;
    const share = Math.round((passed / cells.length) * 100);
    return html`<li><span>${challenge.title}</span><span class="number">${share} %</span><svg class="bar" aria-hidden="true" focusable="false"><rect class="passed" width="${share}%" height="100%"/><rect x="${share}%" width="${100 - share}%" height="100%"/></svg></li>
`;
  });
  return section(
    'scores',
    'How points are spread',
    html`${histogram(rows, rows[0]?.maxScore ?? 0)}
${challenges.length > 1 && html`<h3>Who passed each challenge</h3><ul class="people">${each}</ul>`}`,
  );
}

function tableSection({ rows }: BatchResults): Html {
  const found = new Map<RowStatus, number>();
  for (const row of rows) found.set(statusOf(row), (found.get(statusOf(row)) ?? 0) + 1);
  const late = rows.filter(({ submission }) => (submission?.commit?.late ?? 0) > 0).length;
  const options = (Object.keys(STATUSES) as RowStatus[]).flatMap((status) => {
    const number = found.get(status);
    return number === undefined
      ? []
      : [
          html`<option value="${status}">${STATUSES[status]} (${number})</option>
`,
        ];
  });
  return section(
    'table',
    'Submissions',
    html`<noscript><p>This table needs JavaScript. The same is in <a href="results.csv">results.csv</a>.</p></noscript>
<div class="tools" hidden>
<label>Search <input type="search" id="search" placeholder="name, username" autocomplete="off" spellcheck="false"></label>
<label>Show <select id="status"><option value="">everybody (${rows.length})</option>
${options}${late > 0 && html`<option value="late">Late (${late})</option>`}</select></label>
<output id="shown" for="search status"></output>
</div>
<div class="scroller" id="submissions" tabindex="0" role="region" aria-label="Table of submissions"></div>`,
  );
}

function mapSection({ challenges }: BatchResults): Html {
  const options = challenges.map(
    ({ title }, index) => html`<option value="${index}">${title}</option>
`,
  );
  const all = challenges.length > 1 && html`<option value="all">All challenges</option>`;
  return section(
    'map',
    'Checks by submission',
    html`<noscript><p>This map needs JavaScript.</p></noscript>
<div class="tools" hidden>
<label>Challenge <select id="challenge">${all}${options}</select></label>
<p class="legend" id="legend"></p>
</div>
<p class="cut">The submissions that the table shows, in its order.</p>
<div class="map">
<div class="scroller" id="heat" tabindex="0" role="region" aria-label="Map of checks"></div>
<ol class="columns" id="columns"></ol>
</div>`,
  );
}

/** Shorter sections stand beside each other where there is room. */
function aside(sections: readonly (Html | null)[]): Html | null {
  return sections.some(Boolean) ? html`<div class="aside">${sections}</div>` : null;
}
