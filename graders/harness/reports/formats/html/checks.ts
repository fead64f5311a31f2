import { count } from '../../../base/text/count.ts';
import { printable } from '../../../base/text/printable.ts';
import { shownExpectation } from '../../../judging/report/failure-details.ts';
import type { CheckReport, CheckStatus, FailureReport } from '../../../judging/report/report.ts';
import { shownChecks } from '../../../judging/report/waiting-checks.ts';
import { heading, unseen } from './elements.ts';
import { type Content, type Html, html, lines } from './markup.ts';
import { checkId, commandId, lineId, type PageSubmission } from './submission.ts';

/** The checks in the order of the grader, those that did not pass with the details. */
export function checksSection(submission: PageSubmission): Html | null {
  const { checks } = submission.report;
  if (checks.length === 0) return null;
  const { shown, waiting, line } = shownChecks(submission.report);
  const items = (some: readonly CheckReport[]) =>
    html`<ol class="checks">${some.map((check) => checkItem(submission, check, checks.indexOf(check)))}</ol>`;
  return html`<section id="${submission.prefix}-checks">
${heading(submission.level + 1, 'Checks')}
${shown.length > 0 && items(shown)}
${
  line !== null &&
  html`<details class="waiting"><summary>${line}</summary>
${items(waiting)}
</details>`
}
</section>`;
}

const MARKS: Record<CheckStatus, string> = { passed: '✓', failed: '✗', skipped: '–', error: '!' };

function checkItem(submission: PageSubmission, check: CheckReport, position: number): Html {
  const { status, title, score, maxScore, failure } = check;
  return html`<li id="${checkId(submission, position)}" class="check ${status}" tabindex="-1">
<span class="mark" aria-hidden="true">${MARKS[status]}</span>
${heading(submission.level + 2, html`${unseen(`${status}: `)}${title}`)}
<span class="points"><span aria-hidden="true">${score}/${maxScore}</span>${unseen(`${score} of ${count(maxScore, 'point')}`)}</span>
${failure === null ? null : status === 'skipped' ? html`<p>${lines(failure.actual)}</p>` : details(submission, check, failure)}
</li>
`;
}

/** What was expected, what was found, and why. */
function details(submission: PageSubmission, check: CheckReport, failure: FailureReport): Html {
  const expected = shownExpectation(failure);
  const { actual, difference, commands, hint, hints } = failure;
  const row = (kind: string, label: string, content: Content) =>
    (content ?? null) === null ? null : html`<div class="${kind}"><dt>${label}</dt><dd>${content}</dd></div>`;
  return html`<dl class="story">
${row('run', 'Run again with other data', check.variant?.title)}
${row('expected', 'Expected', expected === null ? null : lines(expected))}
${row('found', 'Found', lines(actual))}
${row('difference', 'Difference', difference === null ? null : lines(difference))}
${row('commands', 'Commands', commands.length === 0 ? null : commandList(submission, check, commands))}
${row('hint', hints > 1 ? `Hint 1 of ${hints}` : 'Hint', hint === null ? null : lines(hint))}
</dl>`;
}

function commandList(
  submission: PageSubmission,
  { variant }: CheckReport,
  commands: FailureReport['commands'],
): Html {
  const { evidence } = submission;
  const run = evidence?.runs.findIndex((other) => other.variant === (variant?.id ?? null)) ?? -1;
  const items = commands.map(({ line, command, effect, index }) => {
    const hasLine = line !== null && typeof evidence?.script.text === 'string';
    const place =
      line === null
        ? 'ran'
        : hasLine
          ? html`<a href="#${lineId(submission, line)}">line ${line}</a>`
          : `line ${line}`;
    const inTrace =
      run !== -1 && index !== undefined && evidence?.runs[run]?.trace.entries[index] !== undefined;
    return html`<li><span class="place">${place}</span> <code>${command}</code>${
      inTrace &&
      html` <a class="to" href="#${commandId(submission, run, index)}">${unseen('command ')}#${index + 1}</a>`
    }${effect !== null && html`<span class="effect">${unseen(': ')}<span aria-hidden="true">→ </span>${printable(effect)}</span>`}</li>`;
  });
  return html`<ol>${items}</ol>`;
}

/** What the learner should know beside the checks. */
export function notesSection({ report: { notes }, prefix, level }: PageSubmission): Html | null {
  if (notes.length === 0) return null;
  return html`<section id="${prefix}-notes">
${heading(level + 1, 'Good to know')}
<ul class="notes">${notes.map((note) => html`<li class="lines">${lines(note)}</li>`)}</ul>
</section>`;
}
