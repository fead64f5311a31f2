import { heading } from './elements.ts';
import { type Html, html } from './markup.ts';
import type { PageSubmission } from './submission.ts';

/** Where it was graded. */
export function environmentSection({ report: { environment }, prefix, level }: PageSubmission): Html | null {
  if (!environment) return null;
  const { server, engine, sandbox, image } = environment;
  const rows = [
    ['Server', `${server.name} ${server.version}`],
    ['Engine', engine],
    ['Sandbox', sandbox],
    ...(image === null ? [] : [['Image', image]]),
  ];
  return html`<section id="${prefix}-environment">
${heading(level + 1, 'Where it was graded')}
<dl class="environment">${rows.map(([label = '', value = '']) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
</section>`;
}
