import { type Content, type Html, html } from '../../../reports/formats/html/markup.ts';
import { layout } from '../../layout.ts';
import type { ResultCell, ResultRow } from '../../results.ts';
import { nameOf } from '../status.ts';

/** Where the page of a submission lies, seen from the dashboard; undefined where there is none. */
function pageLink({ id }: ResultRow, { challenge, record }: ResultCell): string | undefined {
  if (!record) return undefined;
  return layout('').page(challenge, id).split('/').map(encodeURIComponent).join('/');
}

/** Somebody's name, as a link to the page of a challenge of theirs. */
export function nameLink(row: ResultRow, cell: ResultCell): Html {
  const link = pageLink(row, cell);
  const name = html`<bdi>${nameOf(row)}</bdi>`;
  return link === undefined ? name : html`<a href="${link}">${name}</a>`;
}

/** A section with its heading, which the page's navigation leads to. */
export function section(id: string, title: string, content: Content): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<h2 id="${id}-title">${title}</h2>
${content}
</section>`;
}
