import { thousands } from '../../../base/text/count.ts';
import { DATA_TYPES } from '../../../evidence/data-types/index.ts';
import type { KeySnapshot, RunEvidence } from '../../../evidence/evidence.ts';
import { lossInWords } from '../../../evidence/loss.ts';
import { SIGNS } from './change-signs.ts';
import { amount, heading, unseen } from './elements.ts';
import { elementsOfKey } from './key-elements.ts';
import { type DatabaseDiff, diffKeyspaces, type KeyDiff } from './keyspace-diff.ts';
import { type Html, html } from './markup.ts';
import { showName } from './show-value.ts';
import { diffTtl } from './ttl.ts';

/** How much of a large keyspace the page shows. */
const SHOWN = { changed: 200, same: 100 } as const;
/** Keys that are unfolded from the start, and how many elements each may have. */
const UNFOLDED = { keys: 20, elements: 40 } as const;

/** The keyspace of a run before and after the script, differences marked. */
export function keyspaceBlock(prefix: string, run: RunEvidence, level: number): Html {
  const title = heading(level, 'Keyspace');
  const id = `${prefix}-keyspace`;
  if (run.lost !== null) return html`<section id="${id}">${title}<p>${lossInWords(run.lost)}</p></section>`;
  const databases = diffKeyspaces(run.before, run.after, run.clock.serverStart);
  if (databases.length === 0) {
    return html`<section id="${id}">${title}<p>There was no key when the script started, and none when it ended.</p></section>`;
  }
  return html`<section id="${id}">
${title}
<p class="legend">What the script made of the keys: <span class="added">${SIGNS.added} added</span> <span class="changed">${SIGNS.changed} changed</span> <span class="removed">${SIGNS.removed} removed</span></p>
${databases.map((database) => databaseBlock(database, run, level + 1))}
</section>`;
}

function databaseBlock({ index, keys, sizes }: DatabaseDiff, run: RunEvidence, level: number): Html {
  const changed = keys.filter(({ change }) => change !== 'same');
  const same = keys.filter(({ change }) => change === 'same');
  const unread =
    sizes.unread > 0 &&
    html`<p class="cut">The database was too large to be read as a whole: a key may be missing here that is there.</p>`;
  return html`<div class="database">
${heading(level, html`Database ${index} <small>${sizesInWords(sizes)}</small>`)}
${unread}
${keyList(changed, SHOWN.changed, run, UNFOLDED.keys)}
${
  same.length > 0 &&
  html`<details${changed.length === 0 && same.length <= 5 && html` open`}><summary>${amount(same.length, 'key')} as before</summary>${keyList(same, SHOWN.same, run, 0)}</details>`
}
</div>`;
}

function sizesInWords({ before, after }: DatabaseDiff['sizes']): string {
  if (before === after) return amount(after, 'key');
  return `${amount(before, 'key')} before, ${thousands(after)} after`;
}

function keyList(keys: readonly KeyDiff[], limit: number, run: RunEvidence, unfolded: number): Html | null {
  if (keys.length === 0) return null;
  const more = keys.length - limit;
  return html`<ul class="keys">${keys.slice(0, limit).map((key, index) => keyItem(key, run, index < unfolded))}${
    more > 0 && html`<li class="cut">and ${thousands(more)} more</li>`
  }</ul>`;
}

function keyItem(key: KeyDiff, run: RunEvidence, unfold: boolean): Html {
  const { change, name, before, after } = key;
  const elements = key.elements();
  const ttl = diffTtl(before, after, run.clock);
  const label = html`<span class="sign" aria-hidden="true">${SIGNS[change]}</span>${change !== 'same' && unseen(`${change}: `)}<code class="name">${showName(name)}</code> <span class="type">${typeInWords(before, after)}</span> <span class="ttl ${ttl.change}">${ttl.text}</span>`;
  if (elements.length === 0) return html`<li class="key ${change}"><p>${label}</p></li>`;
  const isOpen = unfold && elements.length <= UNFOLDED.elements;
  return html`<li class="key ${change}"><details${isOpen && html` open`}><summary>${label}</summary>${elementsOfKey(key, elements)}</details></li>
`;
}

function typeInWords(before: KeySnapshot | null, after: KeySnapshot | null): string {
  const [was, is] = [before && describe(before), after && describe(after)];
  if (is === null) return was ?? '';
  return was === null || was === is ? is : `${is} (was ${was})`;
}

function describe(key: KeySnapshot): string {
  if (key.type === 'other') return key.name;
  if (key.type === 'string' && key.hyperloglog !== undefined) return 'HyperLogLog';
  const { title, element, elements } = DATA_TYPES[key.type];
  return `${title}, ${amount(key.size, element, elements)}`;
}
