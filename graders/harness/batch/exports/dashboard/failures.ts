import { count } from '../../../base/text/count.ts';
import type { CheckReport } from '../../../judging/report/report.ts';
import { type Html, html, lines } from '../../../reports/formats/html/markup.ts';
import type { BatchResults, ResultCell, ResultRow } from '../../results.ts';
import { nameLink, section } from './links.ts';

/** A check that learners did not pass, how many of how many, and an example of what is found most often. */
export interface Failure {
  challenge: string;
  check: CheckReport;
  failed: number;
  judged: number;
  /** How many failed with the very words of the example. */
  alike: number;
  example: { row: ResultRow; cell: ResultCell };
}

/** How many are shown at once, and how many when the rest unfolds. */
const AT_ONCE = 6;
const SHOWN = 24;

/** The checks that failed most often, most often first. What was skipped for another check does not count. */
export function commonestFailures({ rows, challenges }: BatchResults): Failure[] {
  return challenges
    .flatMap(({ id }, index) => failuresOf(rows, index, id))
    .sort((a, b) => b.failed - a.failed || b.failed / b.judged - a.failed / a.judged);
}

function failuresOf(rows: readonly ResultRow[], challenge: number, id: string): Failure[] {
  const judged = new Map<string, number>();
  const failures = new Map<string, { check: CheckReport; row: ResultRow; cell: ResultCell }[]>();
  for (const row of rows) {
    const cell = row.cells[challenge];
    for (const check of cell?.record?.report.checks ?? []) {
      if (!cell || check.status === 'error') continue;
      judged.set(check.id, (judged.get(check.id) ?? 0) + 1);
      if (check.status !== 'failed') continue;
      const others = failures.get(check.id);
      if (others) others.push({ check, row, cell });
      else failures.set(check.id, [{ check, row, cell }]);
    }
  }
  return [...failures].flatMap(([checkId, all]) => {
    const wordings = new Map<string, number>();
    const wordingOf = ({ check }: { check: CheckReport }) => check.failure?.actual ?? '';
    for (const one of all) wordings.set(wordingOf(one), (wordings.get(wordingOf(one)) ?? 0) + 1);
    const alike = Math.max(...wordings.values());
    const first = all.find((one) => wordings.get(wordingOf(one)) === alike);
    if (!first) return [];
    const { check, row, cell } = first;
    const total = judged.get(checkId) ?? all.length;
    const example = { row, cell };
    return [{ challenge: id, check, failed: all.length, judged: total, alike, example }];
  });
}

/** The section of the commonest failures. */
export function failuresSection(results: BatchResults): Html | null {
  const failures = commonestFailures(results);
  if (failures.length === 0) return null;
  const several = results.challenges.length > 1;
  return section(
    'failures',
    'Commonest failures',
    html`<ol class="failures">
${failures.slice(0, AT_ONCE).map((failure) => item(failure, several))}</ol>
${
  failures.length > AT_ONCE &&
  html`<details><summary>${count(Math.min(failures.length, SHOWN) - AT_ONCE, 'more', 'more')}</summary><ol class="failures" start="${AT_ONCE + 1}">
${failures.slice(AT_ONCE, SHOWN).map((failure) => item(failure, several))}</ol></details>`
}`,
  );
}

function item({ challenge, check, failed, judged, alike, example }: Failure, several: boolean): Html {
  const share = Math.round((failed / judged) * 100);
  const { failure } = check;
  const [command] = failure?.commands ?? [];
  return html`<li>
<h3>${check.title}</h3>
<p class="share"><svg class="bar" aria-hidden="true" focusable="false"><rect class="failed" width="${share}%" height="100%"/><rect x="${share}%" width="${100 - share}%" height="100%"/></svg><span><strong>${failed}</strong> of ${judged} (${share} %)</span></p>
${several && html`<p class="challenge">${challenge}</p>`}
<dl>
${failure?.expected && html`<div class="expected"><dt>Expected</dt><dd class="lines">${lines(failure.expected)}</dd></div>`}
<div class="found"><dt>${alike > 1 ? `Found by ${alike} of them` : 'Found, for one'}</dt><dd class="lines">${lines(failure?.actual ?? '')}</dd></div>
</dl>
<p class="example">For example ${nameLink(example.row, example.cell)}${command && html`: <code>${command.command}</code>`}</p>
</li>
`;
}
