import { thousands } from '../../../base/text/count.ts';
import { languageTitle } from '../../../recording/submission/languages.ts';
import { checkLinks, heading } from './elements.ts';
import { type Html, html } from './markup.ts';
import { lineId, markedLines, type PageSubmission } from './submission.ts';

/** How much of a long script is shown: lines, and characters of a line. */
const SHOWN = { lines: 2_000, characters: 1_000 } as const;

/** The learner's script with its line numbers, the lines that checks name marked. */
export function sourceSection(submission: PageSubmission): Html | null {
  const { evidence, prefix, level } = submission;
  if (!evidence) return null;
  const { name, language, text } = evidence.script;
  const title = html`${heading(level + 1, 'Your script')}<p><code>${name}</code>, ${languageTitle(language)}</p>`;
  if (text === null) {
    return html`<section id="${prefix}-script">${title}<p>It is not text, or too long to be kept.</p></section>`;
  }
  const source = text.replace(/\r?\n$/, '').split('\n');
  const marks = markedLines(submission);
  const causes = new Set(submission.report.causes?.map(({ line }) => line));
  const items = source.flatMap((line, index) => {
    const named = marks.get(index + 1) ?? (causes.has(index + 1) ? [] : undefined);
    if (index >= SHOWN.lines && !named) return [];
    const code = html`<code>${shownLine(line)}</code>`;
    if (!named)
      return html`<li>${code}
`;
    return html`<li value="${index + 1}" class="marked" id="${lineId(submission, index + 1)}" tabindex="-1">${code}${named.length > 0 && checkLinks(named)}
`;
  });
  const more = source.length - SHOWN.lines;
  return html`<section id="${prefix}-script">
${title}
<ol class="source">${items}</ol>
${more > 0 && html`<p class="cut">The script has ${thousands(source.length)} lines: those beyond the first ${thousands(SHOWN.lines)} are not shown.</p>`}
</section>`;
}

/** A tab is as wide as it commonly is in scripts; a carriage return at the end is shown, since it matters. */
function shownLine(line: string): string {
  const text = line.replaceAll('\t', '    ');
  return text.length > SHOWN.characters ? `${text.slice(0, SHOWN.characters)}…` : text;
}
