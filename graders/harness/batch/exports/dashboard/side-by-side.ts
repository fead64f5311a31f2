import { count } from '../../../base/text/count.ts';
import { type Html, html } from '../../../reports/formats/html/markup.ts';

/** How many commands of each are shown. */
const MOST = 200;

/** Two traces in a table, what both have in one row; commands in `rare` are marked. */
export function sideBySide(
  leftName: Html,
  rightName: Html,
  left: readonly string[],
  right: readonly string[],
  rare: ReadonlySet<string>,
): Html {
  const rows = align(left.slice(0, MOST), right.slice(0, MOST)).map(([one, other]) => {
    const isBoth = one !== null && other !== null;
    const kind = isBoth ? (rare.has(one) ? 'rare' : 'both') : 'single';
    const note = kind === 'rare' ? 'rare' : kind === 'single' ? 'one only' : '';
    const cell = (command: string | null) =>
      html`<td>${command !== null && html`<code>${command}</code>`}</td>`;
    return html`<tr class="${kind}">${cell(one)}${cell(other)}<td class="note">${note}</td></tr>
`;
  });
  const hidden = Math.max(left.length, right.length) - MOST;
  return html`<table class="beside">
<thead><tr><th scope="col">${leftName}</th><th scope="col">${rightName}</th><th scope="col"><span class="unseen">How rare</span></th></tr></thead>
<tbody>
${rows}</tbody></table>
${hidden > 0 && html`<p class="cut">${count(hidden, 'more command')} are not shown.</p>`}`;
}

/** Aligns two lists by their longest common subsequence; null is a gap. */
export function align(left: readonly string[], right: readonly string[]): [string | null, string | null][] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: [string | null, string | null][] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [one, other] = [left[i] ?? null, right[j] ?? null];
    if (one !== null && one === other) {
      rows.push([one, other]);
      i += 1;
      j += 1;
    } else if (other === null || (one !== null && at(i + 1, j) >= at(i, j + 1))) {
      rows.push([one, null]);
      i += 1;
    } else {
      rows.push([null, other]);
      j += 1;
    }
  }
  return rows;
}
