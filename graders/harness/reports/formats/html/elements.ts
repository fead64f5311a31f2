import { thousands } from '../../../base/text/count.ts';
import { type Content, type Html, html, trusted } from './markup.ts';
import type { Mark } from './submission.ts';

/** A heading of a level that depends on where it stands. */
export function heading(level: number, content: Content): Html {
  const tag = trusted(`h${level}`);
  return html`<${tag}>${content}</${tag}>`;
}

/** Text for those who hear the page. */
export function unseen(text: string): Html {
  return html`<span class="unseen">${text}</span>`;
}

/** Links to the checks that name something. */
export function checkLinks(marks: readonly Mark[]): Html {
  const links = marks.map(({ id, check }) => html`<li><a href="#${id}">${check.title}</a></li>`);
  return html`<ul class="why">${links}</ul>`;
}

/** `1 field`, `12,500 fields`. */
export function amount(number: number, noun: string, nouns = `${noun}s`): string {
  return `${thousands(number)} ${number === 1 ? noun : nouns}`;
}

/** A length of time in s, short: `0.01 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}
