import { dataElement } from './data-element.ts';
import { type Html, html, trusted } from './markup.ts';
import { policyFor } from './policy.ts';

/** What makes a page that stands alone. */
export interface DocumentParts {
  title: string;
  style: string;
  /** The script that the page runs: its only one. */
  script: string;
  /** Where the first link leads: `Skip to the report`. */
  skip: string;
  main: Html;
  footer: Html;
  /** What the script reads, as JSON; none where it is left out. */
  data?: string;
}

/** A whole HTML document that needs no network, and lets no script run but its own. */
export function htmlDocument({ title, style, script, skip, main, footer, data }: DocumentParts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policyFor(style, script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">${skip}</a>
<main id="main" tabindex="-1">
${main}
</main>
<footer><p>${footer}</p></footer>
${data !== undefined && dataElement('data', data)}<script>${trusted(script)}</script>
</body>
</html>
`.markup;
}
