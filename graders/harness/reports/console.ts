import stringWidth from 'fast-string-width';
import { filledParts } from '../base/text/bar.ts';
import { count } from '../base/text/count.ts';
import { printable, printableLines } from '../base/text/printable.ts';
import { type Colors, paint, styles } from '../base/text/styles.ts';
import { withoutWorkflowCommands } from '../base/text/workflow-commands.ts';
import { wrapText } from '../base/text/wrap.ts';
import { type DetailRow, withHintTaken } from '../judging/report/failure-details.ts';
import type { CheckReport, Report } from '../judging/report/report.ts';
import { shownChecks } from '../judging/report/waiting-checks.ts';
import { languageTitle } from '../recording/submission/languages.ts';
import { detailLines, failureLines } from './console-failure.ts';
import { totalWords } from './total.ts';

/** The report is made for this width, in columns. */
const WIDTH = 80;
const INDENT = '  ';
const ROOM = WIDTH - INDENT.length;
/** Columns of the bar that shows the score. */
const BAR = 24;
/** One of fewer shows nothing. */
const LEAST_BAR = 6;

/** The whole report as text for a terminal, at most 80 columns wide, ended by a line feed. */
export function consoleReport(report: Report, colors: boolean): string {
  const style = styles(colors);
  const { shown, line } = shownChecks(report);
  const causes = causesBlock(report, style);
  const blocks: Block[] = [
    { lines: heading(report, style), isTall: true },
    ...(causes.length > 0 ? [{ lines: causes, isTall: true }] : []),
    ...shown.map((check) => ({ lines: checkBlock(check, style), isTall: isTall(check) })),
    ...(line === null ? [] : [{ lines: paint(wrapText(line, ROOM), style.dim), isTall: true }]),
    ...(report.notes.length > 0 ? [{ lines: notesBlock(report.notes, style), isTall: true }] : []),
    ...(report.fault === null
      ? []
      : [{ lines: paint(wrapText(printableLines(report.fault), ROOM), style.yellow), isTall: true }]),
    { lines: [scoreLine(report, style)], isTall: true },
  ];
  const lines = blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    return before && (before.isTall || block.isTall) ? ['', ...block.lines] : block.lines;
  });
  const text = lines.map((line) => (line.trim() === '' ? '' : INDENT + line)).join('\n');
  // Last of all: a line that is broken may begin anywhere in what a learner wrote.
  return `\n${withoutWorkflowCommands(text)}\n\n`;
}

/** The report on one challenge, or on several and what they come to; one that was not graded is a line of that. */
export function consoleReports(reports: readonly Report[], colors: boolean): string {
  const [only] = reports;
  if (reports.length === 1 && only) return consoleReport(only, colors);
  const judged = reports.filter(({ checks }) => checks.length > 0);
  return [
    ...judged.map((report) => consoleReport(report, colors)),
    `\n${scoreTable(reports, colors)}\n`,
  ].join('');
}

/** A line for each challenge, and what they come to, ended by a line feed. */
export function scoreTable(reports: readonly Report[], colors: boolean): string {
  const style = styles(colors);
  const width = Math.max(0, ...reports.map(({ challenge }) => stringWidth(printable(challenge.id))));
  const lines = reports.map((report) => {
    const id = printable(report.challenge.id);
    return `${id}${' '.repeat(width - stringWidth(id))}  ${scoreText(report, style)}`;
  });
  const passed = reports.filter(({ status }) => status === 'passed').length;
  const total = `${totalWords(reports)}, ${passed} of ${count(reports.length, 'challenge')} passed`;
  return [...lines, '', style.bold(total)].map((line) => `${line === '' ? '' : INDENT + line}\n`).join('');
}

/** One line with the outcome, ended by a line feed. */
export function scoreSummary(report: Report, colors: boolean): string {
  return `${scoreText(report, styles(colors))}  ${printable(report.challenge.id)}\n`;
}

/** What stands together in a report. */
interface Block {
  lines: string[];
  /** True where it stands apart from what is above and below it. */
  isTall: boolean;
}

function isTall({ status }: CheckReport): boolean {
  return status === 'failed' || status === 'error';
}

function heading({ challenge, submission, environment, elapsedMs }: Report, style: Colors): string[] {
  const title = printable(challenge.title);
  const id = printable(challenge.id);
  const lines =
    stringWidth(title) + 2 + stringWidth(id) <= ROOM
      ? [`${style.bold(title)}  ${style.dim(id)}`]
      : [...paint(wrapText(title, ROOM), style.bold), ...paint(wrapText(id, ROOM), style.dim)];
  if (!submission || !environment) return lines;
  const { engine, sandbox, server } = environment;
  const took = elapsedMs === null ? '' : ` · ran ${(elapsedMs / 1000).toFixed(2)} s`;
  const facts = [
    `${submission.script} · ${languageTitle(submission.language)}${took}`,
    `graded on ${server.name} ${server.version} (${engine} engine, ${sandbox} sandbox)`,
  ];
  return [...lines, ...facts.flatMap((fact) => paint(wrapText(printable(fact), ROOM), style.dim))];
}

const MARKS = { passed: '✓', failed: '✗', skipped: '-', error: '!' } as const;

/**
 * A check with its points, why it did not pass, and what is to be told below that, as {@link consoleReport} shows it,
 * at most `room` columns wide.
 */
export function checkBlock(
  check: CheckReport,
  style: Colors,
  further: readonly DetailRow[] = [],
  room = ROOM,
): string[] {
  const color = { passed: style.green, failed: style.red, skipped: style.dim, error: style.yellow }[
    check.status
  ];
  const titleColor = { passed: plain, failed: style.bold, skipped: style.dim, error: style.bold }[
    check.status
  ];
  const points = `${check.score}/${check.maxScore}`;
  const [first = '', ...rest] = wrapText(printable(check.title), Math.max(1, room - 2 - 2 - points.length));
  const gap = ' '.repeat(Math.max(1, room - 2 - stringWidth(first) - points.length));
  return [
    `${color(MARKS[check.status])} ${titleColor(first)}${gap}${color(points)}`,
    ...rest.map((line) => `  ${titleColor(line)}`),
    ...failureLines(further.length > 0 ? withHintTaken(check) : check, room, style),
    ...detailLines(further, room, style),
  ];
}

/** What kept the script from doing its work, and what to do about it; nothing where nothing did. */
export function causesBlock({ causes = [] }: Report, style: Colors, room = ROOM): string[] {
  if (causes.length === 0) return [];
  const width = Math.max(1, room - 2);
  const lines = causes.flatMap(({ text, advice }) => [
    ...wrapText(printableLines(text), width).map(
      (line, index) => `${index === 0 ? style.red('✗') : ' '} ${line}`,
    ),
    ...(advice === undefined
      ? []
      : wrapText(printableLines(advice), width).map((line) => `  ${style.yellow(line)}`)),
  ]);
  return [style.bold('Fix this first'), ...lines];
}

/** What a learner should know beside the checks, at most `room` columns wide. */
export function notesBlock(list: readonly string[], style: Colors, room = ROOM): string[] {
  const bullets = list.flatMap((note) =>
    wrapText(printableLines(note), Math.max(1, room - 2)).map(
      (line, index) => `${index === 0 ? style.dim('·') : ' '} ${line}`,
    ),
  );
  return [style.bold('Good to know'), ...bullets];
}

/** The outcome in one line, with a bar where there are points to show; no wider than `room` by the bar. */
export function scoreLine(report: Report, style: Colors, room = ROOM): string {
  const text = scoreText(report, style);
  const width = Math.min(BAR, room - 2 - stringWidth(text));
  if (report.score === null || report.checks.length === 0 || width < LEAST_BAR) return text;
  const filled = filledParts(report.score / report.maxScore, width);
  const color = report.status === 'passed' ? style.green : style.yellow;
  const bar = color('█'.repeat(filled)) + style.dim('░'.repeat(width - filled));
  return `${bar}  ${text}`;
}

function scoreText(report: Report, style: Colors): string {
  const { status, score, maxScore, checks } = report;
  if (status === 'error')
    return style.yellow(`not graded: no points are lost (${count(maxScore, 'point')} to gain)`);
  if (status === 'not gradable')
    return style.yellow(`not gradable here: no points are lost (${count(maxScore, 'point')} to gain)`);
  if (status === 'not started') return style.yellow(`not started: 0 of ${count(maxScore, 'point')}`);
  if (status === 'passed') return style.green(`passed: ${score} of ${count(maxScore, 'point')}`);
  const missed = checks.filter((check) => check.status !== 'passed').length;
  return style.yellow(
    `${score} of ${count(maxScore, 'point')}, ${count(missed, 'check')} of ${checks.length} to go`,
  );
}

function plain(text: string): string {
  return text;
}
