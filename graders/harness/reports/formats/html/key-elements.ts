import { thousands } from '../../../base/text/count.ts';
import { dataTypeOf } from '../../../evidence/data-types/index.ts';
import { SIGNS } from './change-signs.ts';
import { unseen } from './elements.ts';
import { type ElementDiff, type KeyDiff, sizeOf } from './keyspace-diff.ts';
import { type Html, html } from './markup.ts';
import { showName } from './show-value.ts';

/** Elements of one key that the page shows. */
const SHOWN = 200;

type Columns = readonly [naming: string, holding: string | null];

/** Of a type whose content is not known. */
const OTHER: Columns = ['Element', null];

/** What a key holds: the value of a string, or a table of elements. Differences are marked in changed keys. */
export function elementsOfKey(key: KeyDiff, elements: readonly ElementDiff[]): Html {
  const { before, after } = key;
  const type = (after ?? before)?.type ?? 'other';
  const isOneType = before === null || after === null || before.type === after.type;
  const [only] = elements;
  if (isOneType && type === 'string' && only) return html`<p class="value">${valueCell(key, only)}</p>`;
  return html`${elementTable(key, elements, isOneType ? (dataTypeOf({ type })?.columns ?? OTHER) : ['Element', 'Value'])}${missing(key, elements)}`;
}

function elementTable(key: KeyDiff, elements: readonly ElementDiff[], [naming, holding]: Columns): Html {
  const rows = shownElements(key, elements).map(
    (
      element,
    ) => html`<tr class="${element.change}">${key.change === 'changed' && signCell(element)}${nameCell(element)}${
      holding !== null && html`<td>${valueCell(key, element)}</td>`
    }</tr>
`,
  );
  return html`<table class="elements"><caption class="unseen">${showName(key.name)}</caption>
<thead><tr>${key.change === 'changed' && html`<th scope="col" class="sign">${unseen('Change')}</th>`}<th scope="col">${naming}</th>${
    holding !== null && html`<th scope="col">${holding}</th>`
  }</tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** What changed comes first where not all is shown, but the items of a list have an order. */
function shownElements({ before, after }: KeyDiff, elements: readonly ElementDiff[]): readonly ElementDiff[] {
  if ((after ?? before)?.type === 'list' || elements.length <= SHOWN) return elements.slice(0, SHOWN);
  const isSame = ({ change }: ElementDiff) => Number(change === 'same');
  return [...elements].sort((left, right) => isSame(left) - isSame(right)).slice(0, SHOWN);
}

function signCell({ change }: ElementDiff): Html {
  if (change === 'same') return html`<td></td>`;
  return html`<td class="sign"><span aria-hidden="true">${SIGNS[change]}</span>${unseen(change)}</td>`;
}

function nameCell({ name }: ElementDiff): Html {
  return name === null ? html`<td></td>` : html`<th scope="row"><code>${name}</code></th>`;
}

function valueCell(key: KeyDiff, { change, before, after }: ElementDiff): Html {
  const old = html`<code>${before}</code>`;
  const now = html`<code>${after}</code>`;
  if (key.change !== 'changed') return after === null ? old : now;
  if (change === 'removed') return html`<del>${old}</del>`;
  return change === 'changed'
    ? html`<del>${old}</del> <span aria-hidden="true">→</span> <ins>${now}</ins>`
    : now;
}

/** How many elements are not shown: the page shows so many, and a snapshot keeps so many. */
function missing({ before, after }: KeyDiff, elements: readonly ElementDiff[]): Html | null {
  const held = (after && sizeOf(after)) ?? (before && sizeOf(before)) ?? 0;
  const more = Math.max(elements.length, held) - Math.min(elements.length, SHOWN);
  return more > 0 ? html`<p class="cut">and ${thousands(more)} more</p>` : null;
}
