import { escape as escapeHtml } from 'html-escaper';
import { printable, printableLines } from '../../../base/text/printable.ts';

/** Markup that may go into the page as it is. Only {@link html} and {@link trusted} make it. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: markup as it is, all else as text; nothing for null, undefined and false. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * Markup from a template. Whatever is put in is text unless it is markup already: characters of HTML are
 * escaped, and what cannot be seen or turns text round is written as an escape. Values of attributes must
 * stand in quotes, or this throws.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  let markup = parts[0] ?? '';
  contents.forEach((content, index) => {
    if (parts[index]?.endsWith('=')) throw new Error(`An attribute needs quotes: ${parts[index]}`);
    markup += markupOf(content) + (parts[index + 1] ?? '');
  });
  return new Html(markup);
}

/** Text with its line feeds, for an element that keeps white space. */
export function lines(text: string): Html {
  return new Html(escapeHtml(printableLines(text)));
}

/** Marks a fixed text of ours as markup. Never for anything that comes from a submission. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function markupOf(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string') return escapeHtml(printable(content));
  if (typeof content === 'number') return String(content);
  return content.map(markupOf).join('');
}
