import { filledParts } from '../../base/text/bar.ts';
import { count } from '../../base/text/count.ts';
import { printable, printableLines } from '../../base/text/printable.ts';
import type { Cause } from '../../judging/report/cause/cause.ts';
import { failureDetails } from '../../judging/report/failure-details.ts';
import type { CheckReport, Report } from '../../judging/report/report.ts';
import { shownChecks } from '../../judging/report/waiting-checks.ts';
import { totalWords } from '../total.ts';
import type { GradedSubmission, ReportFormat } from './format.ts';

/** A report in GitHub's Markdown: for job summaries, releases, comments. */
export const markdownFormat: ReportFormat = {
  files: (submissions, path) => [{ path, content: markdownReport(submissions) }],
};

const MARKS = { passed: '✅', failed: '❌', skipped: '⏭️', error: '⚠️' } as const;
/** Parts of the bar that shows the score. */
const BAR = 20;

/**
 * The report as Markdown. Where it would be longer than `limitBytes`, the details of the last failures are left
 * out, and it says so.
 */
export function markdownReport(
  submissions: readonly GradedSubmission[],
  limitBytes = Number.POSITIVE_INFINITY,
): string {
  const reports = submissions.map(({ report }) => report);
  const heads = [...(reports.length > 1 ? [overview(submissions)] : [])];
  const sections = reports.flatMap((report) => [
    { text: headOf(report), isDetail: false },
    ...shownChecks(report)
      .shown.filter(isTold)
      .map((check) => ({ text: failureBlock(check), isDetail: true })),
    ...(report.notes.length > 0 ? [{ text: notesOf(report), isDetail: true }] : []),
  ]);
  const left = sections.filter(({ isDetail }) => !isDetail).map(({ text }) => text);
  let room = limitBytes - bytes([...heads, ...left]) - 200;
  let omitted = 0;
  const kept = sections.filter(({ text, isDetail }) => {
    if (!isDetail) return true;
    room -= bytes([text]);
    if (room < 0) omitted += 1;
    return room >= 0;
  });
  const note =
    omitted > 0 ? [`_${count(omitted, 'more part')} would not fit in here: see the whole report._`] : [];
  return `${[...heads, ...kept.map(({ text }) => text), ...note].join('\n\n')}\n`;
}

function bytes(texts: readonly string[]): number {
  return texts.reduce((total, text) => total + Buffer.byteLength(text) + 2, 0);
}

function isTold({ status }: CheckReport): boolean {
  return status === 'failed' || status === 'error';
}

/** All challenges in one table. */
function overview(submissions: readonly GradedSubmission[]): string {
  const rows = submissions.map(({ report }) => {
    const { challenge, status } = report;
    const mark =
      status === 'not started'
        ? '▫️'
        : status === 'passed'
          ? MARKS.passed
          : status === 'failed'
            ? MARKS.failed
            : MARKS.error;
    return `| ${mark} | ${inline(challenge.title)} \`${challenge.id}\` | ${scoreText(report)} |`;
  });
  const total = totalWords(submissions.map(({ report }) => report));
  return [`# ${total}`, '', '|  | Challenge | Score |', '| --- | --- | --- |', ...rows].join('\n');
}

function headOf(report: Report): string {
  const { challenge, causes = [], fault, submission, environment } = report;
  const lines = [`## ${inline(challenge.title)}`, '', `**${scoreText(report)}** ${bar(report)}`.trimEnd()];
  if (submission && environment) {
    const { server, engine, sandbox } = environment;
    lines.push(
      '',
      `${code(submission.script)} for \`${challenge.id}\`, graded on ${server.name} ${server.version} (${engine} engine, ${sandbox} sandbox)`,
    );
  }
  if (fault !== null) lines.push('', fenced(printableLines(fault)));
  if (causes.length > 0)
    lines.push('', '### Fix this first', '', fenced(causes.map((cause) => causeLines(cause)).join('\n')));
  const { shown, line } = shownChecks(report);
  if (shown.length > 0) {
    lines.push('', '|  | Check | Points |', '| --- | --- | --: |');
    for (const check of shown)
      lines.push(`| ${MARKS[check.status]} | ${inline(check.title)} | ${check.score}/${check.maxScore} |`);
  }
  if (line !== null) lines.push('', inline(line));
  return lines.join('\n');
}

/** What learners and servers wrote stands in code blocks alone, as in {@link failureBlock}. */
function causeLines({ text, advice }: Cause): string {
  const parts = advice === undefined ? [text] : [text, advice];
  return `· ${parts.map((part) => printableLines(part).replaceAll('\n', '\n  ')).join('\n  ')}`;
}

function scoreText({ status, score, maxScore }: Report): string {
  if (score === null) return `${status === 'error' ? 'not graded' : status}: no points are lost`;
  if (status === 'not started') return `not started: 0 of ${count(maxScore, 'point')}`;
  return `${status === 'passed' ? 'passed: ' : ''}${score} of ${count(maxScore, 'point')}`;
}

function bar({ score, maxScore, checks }: Report): string {
  if (score === null || checks.length === 0) return '';
  const filled = filledParts(score / maxScore, BAR);
  return `\`${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}\``;
}

/** Why a check did not pass. What learners wrote stands in code blocks alone: nothing in it is Markdown there. */
function failureBlock(check: CheckReport): string {
  const rows = failureDetails(check);
  const width = Math.max(...rows.map(({ label }) => label.length));
  const told = rows
    .filter(({ kind }) => kind !== 'hint')
    .map(({ kind, label, text }) => {
      const lead = kind === 'effect' ? `${' '.repeat(width)}  → ` : `${label.padEnd(width)}  `;
      return lead + text.replaceAll('\n', `\n${' '.repeat(lead.length)}`);
    });
  const hint = rows.find(({ kind }) => kind === 'hint');
  return [
    `### ${MARKS[check.status]} ${inline(check.title)}`,
    '',
    fenced(told.join('\n')),
    ...(hint ? ['', `> 💡 **${hint.label}**: ${inline(hint.text)}`] : []),
  ].join('\n');
}

function notesOf({ notes }: Report): string {
  return ['### Good to know', '', fenced(notes.map((note) => `· ${printableLines(note)}`).join('\n'))].join(
    '\n',
  );
}

/** Text of one line in which nothing is Markdown or HTML. */
function inline(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[\\`*_{}[\]()#+!|<>~$-]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('@', '&#64;');
}

/** A code span, whatever is in it. */
function code(text: string): string {
  const ticks = fenceFor(text, 1);
  return `${ticks} ${printable(text)} ${ticks}`;
}

function fenced(text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}text\n${text}\n${fence}`;
}

/** More backticks than stand together anywhere in a text. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
