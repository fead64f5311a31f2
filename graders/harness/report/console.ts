import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { languageTitle } from '../script/languages.ts';
import { count } from '../text/count.ts';
import { type Colors, styles } from '../text/styles.ts';
import type { CheckReport, FailureReport, Report } from './report.ts';

/** The report is made for this width, in columns. */
const WIDTH = 80;
const INDENT = '  ';
/** Columns of the labels (`expected`, `found`, `line 12`) of a failed check. */
const LABEL = 10;

/** The whole report as text for a terminal, at most 80 columns wide, ended by a line feed. */
export function consoleReport(report: Report, colors: boolean): string {
  const style = styles(colors);
  const blocks = [
    heading(report, style),
    ...report.checks.map((check) => checkBlock(check, style)),
    ...(report.notes.length > 0 ? [notes(report.notes, style)] : []),
    ...(report.fault ? [wrap(report.fault, '', style.yellow)] : []),
    scoreLine(report, style),
  ];
  const spaced = blocks.map((block, index) => (needsGap(report, index) ? `\n${block}` : block));
  return `\n${spaced.join('\n').replace(/^(?=.)/gm, INDENT)}\n\n`;
}

/** One line with the outcome, ended by a line feed. */
export function scoreSummary(report: Report, colors: boolean): string {
  return `${scoreText(report, styles(colors))}  ${report.challenge.id}\n`;
}

/** A failed check, and what follows the checks, stands apart; passed ones stand together. */
function needsGap(report: Report, index: number): boolean {
  if (index === 0) return false;
  const before = report.checks[index - 2];
  const here = report.checks[index - 1];
  const tall = (check: CheckReport | undefined) => check?.failure != null && check.status !== 'skipped';
  return index === 1 || here === undefined || tall(before) || tall(here);
}

function heading({ challenge, submission, environment, elapsedMs }: Report, style: Colors): string {
  const title = `${style.bold(challenge.title)}  ${style.dim(challenge.id)}`;
  if (!submission || !environment) return title;
  const { engine, server } = environment;
  const where = `${server.name} ${server.version} (${engine})`;
  const took = elapsedMs === null ? '' : `, ${(elapsedMs / 1000).toFixed(2)} s`;
  const run = `${submission.script} · ${languageTitle(submission.language)} · graded on ${where}${took}`;
  return `${title}\n${wrap(run, '', style.dim)}`;
}

const MARKS = { passed: '✓', failed: '✗', skipped: '-', error: '!' } as const;

function checkBlock(check: CheckReport, style: Colors): string {
  const color = { passed: style.green, failed: style.red, skipped: style.dim, error: style.yellow }[
    check.status
  ];
  const points = `${check.score}/${check.maxScore}`;
  const room = WIDTH - INDENT.length - 2 - 8;
  const [first = '', ...rest] = wrapAnsi(check.title, room, { hard: true }).split('\n');
  const gap = ' '.repeat(Math.max(2, WIDTH - INDENT.length - 2 - stringWidth(first) - points.length));
  const title = check.status === 'skipped' ? style.dim(first) : first;
  const head = `${color(MARKS[check.status])} ${title}${gap}${color(points)}`;
  const lines = [head, ...rest.map((line) => `  ${line}`)];
  if (check.failure) lines.push(...failureLines(check, check.failure, style));
  return lines.join('\n');
}

function failureLines(check: CheckReport, failure: FailureReport, style: Colors): string[] {
  if (check.status === 'skipped') return [labelled('', failure.actual, style, style.dim)];
  const lines: string[] = [];
  if (check.variant) lines.push(labelled('run', `again with other data: ${check.variant.title}`, style));
  if (failure.expected !== null) lines.push(labelled('expected', failure.expected, style, style.green));
  lines.push(labelled('found', failure.actual, style, style.red));
  if (failure.difference) lines.push(labelled('differs', failure.difference, style));
  for (const { line, command, effect } of failure.commands) {
    const text = effect ? `${command}\n${effect}` : command;
    lines.push(labelled(line === null ? 'ran' : `line ${line}`, text, style, style.cyan));
  }
  if (failure.hint) {
    const more = failure.hints > 1 ? ` (hint 1 of ${failure.hints})` : '';
    lines.push(labelled('hint', failure.hint + more, style, style.yellow));
  }
  return lines;
}

/** A label and a text beside it; the first line of the text in the colour. */
function labelled(label: string, text: string, style: Colors, color = (plain: string) => plain): string {
  const indent = ' '.repeat(LABEL + 4);
  return wrap(text, indent, color).replace(indent, `    ${style.dim(label.padEnd(LABEL))}`);
}

function wrap(text: string, indent: string, color = (plain: string) => plain): string {
  const room = WIDTH - INDENT.length - indent.length;
  return text
    .split('\n')
    .flatMap((line) => wrapAnsi(line, room, { hard: true, trim: false }).split('\n'))
    .map((line) => indent + color(line.trimEnd()))
    .join('\n');
}

function notes(list: readonly string[], style: Colors): string {
  const lines = list.map((note) => wrap(note, '  ').replace('  ', `${style.dim('·')} `));
  return [style.bold('Good to know'), ...lines].join('\n');
}

function scoreLine(report: Report, style: Colors): string {
  const cells = 24;
  if (report.score === null || report.checks.length === 0) return scoreText(report, style);
  const share = report.maxScore === 0 ? 1 : report.score / report.maxScore;
  // Full only where all is there, empty only where nothing is.
  const inner = Math.min(cells - 1, Math.max(1, Math.round(share * cells)));
  const filled = share === 1 ? cells : share === 0 ? 0 : inner;
  const color = report.status === 'passed' ? style.green : style.yellow;
  const bar = color('█'.repeat(filled)) + style.dim('░'.repeat(cells - filled));
  return `${bar}  ${scoreText(report, style)}`;
}

function scoreText(report: Report, style: Colors): string {
  const { status, score, maxScore, checks } = report;
  if (status === 'error')
    return style.yellow(`not graded: no points are lost (${count(maxScore, 'point')} to gain)`);
  if (status === 'not started') return style.yellow(`not started: 0 of ${count(maxScore, 'point')}`);
  if (status === 'passed') return style.green(`passed: ${score} of ${count(maxScore, 'point')}`);
  const missed = checks.filter((check) => check.status !== 'passed').length;
  return style.yellow(
    `${score} of ${count(maxScore, 'point')}, ${count(missed, 'check')} of ${checks.length} to go`,
  );
}
