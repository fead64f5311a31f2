import { cellAt, data, type Row } from './rows.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** A new element. Texts become text nodes, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** Text for those who hear the page. */
export function unseen(text: string): HTMLElement {
  return element('span', { class: 'unseen' }, text);
}

/** Content that leads to the page of a submission to a challenge, where there is one. */
export function linked(row: Row, challenge: number, ...content: (Node | string)[]): HTMLElement {
  if (!cellAt(row, challenge).hasPage) return element('span', {}, ...content);
  const id = data.challenges[challenge]?.id ?? '';
  const parts = ['reports', ...id.split('/'), `${row.id}.html`];
  return element('a', { href: parts.map(encodeURIComponent).join('/') }, ...content);
}

/** The head of a submitter's row; it leads to the page on this challenge, or nowhere for null. */
export function person(row: Row, challenge: number | null): HTMLElement {
  const name = element('bdi', {}, row.name);
  const cell = element(
    'th',
    { scope: 'row', class: 'name' },
    challenge === null ? name : linked(row, challenge, name),
  );
  if (row.id !== row.name) cell.append(' ', element('small', {}, row.id));
  cell.title = row.name === row.id ? row.name : `${row.name} · ${row.id}`;
  return cell;
}

/** A bar that is full to the share of a score in the most that there is. */
export function scoreBar(score: number, most: number): SVGElement {
  const share = most > 0 ? Math.round((score / most) * 1000) / 10 : 0;
  return svg(
    'svg',
    { class: 'bar', 'aria-hidden': 'true' },
    svg('rect', { class: 'passed', x: '0%', width: `${share}%`, height: '100%' }),
    svg('rect', { class: 'rest', x: `${share}%`, width: `${100 - share}%`, height: '100%' }),
  );
}

function svg(tag: string, attributes: Readonly<Record<string, string>>, ...content: Node[]): SVGElement {
  const made = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}
