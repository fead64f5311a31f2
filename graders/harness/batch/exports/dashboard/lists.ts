import { count } from '../../../base/text/count.ts';
import { seconds } from '../../../reports/formats/html/elements.ts';
import { type Content, type Html, html } from '../../../reports/formats/html/markup.ts';
import type { BatchResults, ResultCell, ResultRow } from '../../results.ts';
import { offRosterRows } from '../gradebook-rows.ts';
import { isRefused, isUngraded, nameOf, reasonOf, statusOf } from '../status.ts';
import { nameLink, section } from './links.ts';

/** How many slow ones are shown. */
const SLOWEST = 10;
/** How many of any other list are shown at once: the rest unfolds. */
const AT_ONCE = 12;

/** Seconds as people say them: `2 d 3 h`, `4 h 5 min`, `12 min`, `30 s`. */
export function duration(total: number): string {
  if (total < 60) return `${Math.round(total)} s`;
  const minutes = Math.round(total / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return `${minutes} min`;
}

/** What was not graded, through no fault of the learners, with the reason. It is ours to mend. */
export function faultsSection({ rows, faults }: BatchResults): Html | null {
  const items = rows.flatMap((row) =>
    row.cells.filter(({ status }) => isUngraded(status)).map((cell) => withReason(row, cell)),
  );
  const others = faults.map(
    ({ id, reason }) => html`<li><bdi>${id}</bdi><small>${reason}</small></li>
`,
  );
  if (items.length + others.length === 0) return null;
  return section(
    'faults',
    'Not graded',
    html`<p>Through no fault of the learners: no points are told of these. The same command grades them again.</p>
${folded([...others, ...items])}`,
  );
}

/** The scripts that were refused, with the reason: their points are none, and their learners may mend it. */
export function refusedSection({ rows }: BatchResults): Html | null {
  const items = rows.flatMap((row) => row.cells.filter(isRefused).map((cell) => withReason(row, cell)));
  if (items.length === 0) return null;
  return section(
    'refused',
    `Refused (${items.length})`,
    html`<p>There is a script, and it could not be taken. It counts as not started.</p>
${folded(items)}`,
  );
}

function withReason(row: ResultRow, cell: ResultCell): Html {
  return html`<li>${nameLink(row, cell)} <span class="challenge">${cell.challenge}</span><small>${reasonOf(cell) ?? cell.status}</small></li>
`;
}

/** Those whom the roster does not know. */
export function strangersSection(results: BatchResults): Html | null {
  const items = offRosterRows(results).map(
    (row) => html`<li>${named(row)}</li>
`,
  );
  if (items.length === 0) return null;
  return section(
    'strangers',
    `Not on the roster (${items.length})`,
    html`<p>These are not in canvas.csv and moodle.csv: a gradebook has no such learners.</p>
${folded(items)}`,
  );
}

/** Those whose scripts ran longest. */
export function slowestSection({ rows }: BatchResults): Html | null {
  const cells = rows.flatMap((row) =>
    row.cells.flatMap((cell) => {
      const ms = cell.record?.report.elapsedMs;
      return ms === null || ms === undefined ? [] : [{ row, cell, ms }];
    }),
  );
  const slowest = cells.sort((a, b) => b.ms - a.ms).slice(0, SLOWEST);
  const most = slowest[0]?.ms ?? 0;
  if (most === 0) return null;
  const several = new Set(cells.map(({ cell }) => cell.challenge)).size > 1;
  const items = slowest.map(
    ({ row, cell, ms }) =>
      html`<li>${nameLink(row, cell)}${several && html` <span class="challenge">${cell.challenge}</span>`}<span class="number">${seconds(ms)}</span><svg class="bar" aria-hidden="true" focusable="false"><rect class="time" width="${Math.round((ms / most) * 1000) / 10}%" height="100%"/></svg></li>
`,
  );
  return section('slowest', 'Slowest', html`<ol class="people">${items}</ol>`);
}

/** Those who came after the deadline, the latest first. */
export function lateSection({ rows }: BatchResults): Html | null {
  const late = rows
    .map((row) => ({ row, seconds: row.submission?.commit?.late ?? 0 }))
    .filter((one) => one.seconds > 0)
    .sort((a, b) => b.seconds - a.seconds);
  if (late.length === 0) return null;
  const items = late.map(
    ({ row, seconds }) =>
      html`<li>${named(row)}<span class="number">${duration(seconds)} late</span></li>
`,
  );
  return section('late', `Late (${late.length})`, folded(items));
}

/** Those who are on the roster and did not submit. */
export function missingSection({ rows }: BatchResults): Html | null {
  const items = rows
    .filter((row) => statusOf(row) === 'not submitted')
    .map(
      (row) =>
        html`<li><bdi>${nameOf(row)}</bdi>${row.id !== nameOf(row) && html`<small>${row.id}</small>`}</li>
`,
    );
  if (items.length === 0) return null;
  return section('missing', `Not submitted (${items.length})`, folded(items));
}

function named(row: ResultRow): Html {
  const [first] = row.cells;
  return first ? nameLink(row, first) : html`<bdi>${nameOf(row)}</bdi>`;
}

/** A list of people; what is long unfolds. */
function folded(items: readonly Content[]): Html {
  const rest = items.slice(AT_ONCE);
  return html`<ul class="people">${items.slice(0, AT_ONCE)}</ul>
${
  rest.length > 0 &&
  html`<details><summary>${count(rest.length, 'more', 'more')}</summary><ul class="people">${rest}</ul></details>`
}`;
}
