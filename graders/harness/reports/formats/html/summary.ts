import { count } from '../../../base/text/count.ts';
import { ownCommand } from '../../../base/text/own-command.ts';
import type { Cause } from '../../../judging/report/cause/cause.ts';
import type { CheckReport, SubmissionStatus } from '../../../judging/report/report.ts';
import { languageTitle } from '../../../recording/submission/languages.ts';
import { heading, seconds } from './elements.ts';
import { type Html, html, lines } from './markup.ts';
import { scoreBar } from './score-bar.ts';
import { checkId, lineId, type PageSubmission } from './submission.ts';

export const STATUS_WORDS: Record<SubmissionStatus, string> = {
  passed: 'Passed',
  failed: 'Not passed yet',
  error: 'Not graded',
  'not started': 'Not started',
  'not gradable': 'Not gradable here',
};

/** Which of the three colours a status has. */
export function toneOf(status: SubmissionStatus): 'good' | 'bad' | 'warn' {
  return status === 'passed' ? 'good' : status === 'failed' ? 'bad' : 'warn';
}

/** The head of a submission: the challenge, the score, and what to do next. */
export function summary(submission: PageSubmission): Html {
  const { report, level } = submission;
  const { challenge, status } = report;
  return html`<header class="summary">
<p class="challenge">${challenge.id}</p>
${heading(level, challenge.title)}
<p class="score"><span class="points">${points(submission)}</span> <span class="status ${toneOf(status)}">${STATUS_WORDS[status]}</span></p>
${scoreBar(report)}
${facts(submission)}
${next(submission)}
</header>`;
}

function points({ report: { score, maxScore } }: PageSubmission): Html {
  if (score === null) return html`No points are lost <small>(${count(maxScore, 'point')} to gain)</small>`;
  return html`<strong>${score}</strong> of ${count(maxScore, 'point')}`;
}

function facts({ report: { submission, environment, elapsedMs } }: PageSubmission): Html | null {
  if (!submission || !environment) return null;
  const { server } = environment;
  const parts = [
    html`<code>${submission.script}</code>`,
    languageTitle(submission.language),
    ...(elapsedMs === null ? [] : [`ran ${seconds(elapsedMs)}`]),
    `graded on ${server.name} ${server.version}`,
  ];
  return html`<ul class="facts">${parts.map((part) => html`<li>${part}</li>`)}</ul>`;
}

/** Plain words on what to do, for the learner. */
function next(submission: PageSubmission): Html {
  const { report, level } = submission;
  const { causes = [], checks, status, challenge, fault } = report;
  const again = html`<p>Then grade it again: <kbd>${ownCommand('grade', challenge.id)}</kbd></p>`;
  const box = (title: string, content: Html) =>
    html`<div class="next ${toneOf(status)}">${heading(level + 1, title)}${content}</div>`;
  if (fault !== null) {
    const rest = status === 'not started' ? again : null;
    return box('What happened', html`<p class="lines">${lines(fault)}</p>${rest}`);
  }
  if (status === 'passed') {
    return box('What to do next', html`<p>Nothing: ${allPassed(checks)}.</p>`);
  }
  if (causes.length > 0) return box('Fix this first', html`${causeList(submission, causes)}${again}`);
  const position = checks.findIndex((check) => check.status === 'failed');
  const first = checks[position];
  if (!first) return box('What to do next', again);
  return box(
    'What to do next',
    html`<p>${toGo(checks)}. Start with <a href="#${checkId(submission, position)}">${first.title}</a>.</p>
${again}`,
  );
}

/** What kept the script from doing its work. */
function causeList(submission: PageSubmission, causes: readonly Cause[]): Html {
  const hasSource = typeof submission.evidence?.script.text === 'string';
  const items = causes.map(({ text, line, advice }) => {
    const link =
      line !== undefined &&
      hasSource &&
      html` <a class="to" href="#${lineId(submission, line)}">line ${line}</a>`;
    return html`<li><p class="lines">${lines(text)}${link}</p>${advice !== undefined && html`<p class="lines">${lines(advice)}</p>`}</li>`;
  });
  return html`<ul class="causes">${items}</ul>`;
}

function allPassed({ length }: readonly CheckReport[]): string {
  return length === 1 ? 'the one check passed' : `all ${length} checks passed`;
}

function toGo(checks: readonly CheckReport[]): string {
  const missed = checks.filter(({ status }) => status !== 'passed').length;
  return `${count(missed, 'check')} of ${checks.length} to go`;
}
