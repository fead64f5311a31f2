import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { printable, printableLines } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import { hintRows } from '../../judging/report/failure-details.ts';
import type { CheckReport } from '../../judging/report/report.ts';
import { checkBlock, notesBlock, scoreLine } from '../../reports/console.ts';
import { keyspaceLines } from './keyspace-lines.ts';
import type { LiveOutcome } from './live-grading.ts';
import { traceLines } from './trace-lines.ts';

export type Part = 'report' | 'trace' | 'keyspace';

/** All that is on the screen of `watch`. */
export interface WatchView {
  challenge: { id: string; title: string };
  /** Its place in the order, from 1. */
  place: { number: number; of: number };
  /** Null before the first verdict. */
  outcome: LiveOutcome | null;
  grading: boolean;
  part: Part;
  /** The hints beyond the first that were given, by the id of the check, and how many there are in all. */
  hints: ReadonlyMap<string, { further: readonly string[]; total: number }>;
  /** A line above the keys; null for none. */
  message: string | null;
  /** Lines of the middle that were scrolled away. */
  scroll: number;
}

export interface Size {
  columns: number;
  rows: number;
}

const INDENT = '  ';
/** Columns by which what is broken is set in. */
const HANG = 2;
/** Rows that are not for the middle: heading, score, gap; gap, message, keys. */
const FRAME = 6;

/** The screen as lines, as many as there are rows, and how far the middle can be scrolled. */
export function renderWatch(
  view: WatchView,
  { columns, rows }: Size,
  style: Colors,
): { lines: string[]; furthest: number } {
  const room = Math.max(10, Math.min(columns, 120) - INDENT.length);
  const middle = middleLines(view, room, style).flatMap((line) => wrapLine(line, room));
  const height = Math.max(1, rows - FRAME);
  const furthest = Math.max(0, middle.length - height);
  const from = Math.min(view.scroll, furthest);
  const shown = middle.slice(from, from + height);
  const below = middle.length - from - shown.length;
  const message = view.message ?? (below > 0 ? `↓ ${below} more` : '');
  const lines = [
    heading(view, room, style),
    state(view, style),
    '',
    ...shown,
    ...Array<string>(height - shown.length).fill(''),
    '',
    view.message === null ? style.dim(message) : style.yellow(message),
    keys(view, room, style),
  ];
  return {
    lines: lines.slice(0, rows).map((line) => (line === '' ? '' : INDENT + (wrapLine(line, room)[0] ?? ''))),
    furthest,
  };
}

function heading({ challenge, place }: WatchView, room: number, style: Colors): string {
  const left = `${style.bold(printable(challenge.title))}  ${style.dim(printable(challenge.id))}`;
  const right = style.dim(`${place.number} of ${place.of}`);
  const gap = Math.min(room, 78) - stringWidth(left) - stringWidth(right);
  return gap > 0 ? left + ' '.repeat(gap) + right : left;
}

function state({ outcome, grading }: WatchView, style: Colors): string {
  if (grading && outcome === null) return style.dim('grading …');
  if (outcome === null) return '';
  const took = outcome.evidence === null ? '' : `${outcome.tookMs} ms`;
  return `${scoreLine(outcome.report, style)}  ${style.dim(grading ? 'grading …' : took)}`;
}

function middleLines(view: WatchView, room: number, style: Colors): string[] {
  const { outcome, part } = view;
  if (outcome === null) return [];
  const [run] = outcome.evidence?.runs ?? [];
  if (part !== 'report' && run) {
    const lines = part === 'trace' ? traceLines(run, room, style) : keyspaceLines(run, style);
    return [style.bold(part === 'trace' ? 'What the server ran' : 'What is in the keyspace'), '', ...lines];
  }
  return reportLines(view, outcome, room, style);
}

/** What is to be done comes first: a screen is soon full. */
function reportLines({ hints }: WatchView, { report }: LiveOutcome, room: number, style: Colors): string[] {
  const block = (check: CheckReport) => {
    const given = hints.get(check.id);
    return checkBlock(check, style, given ? hintRows(given.further, 2, given.total) : []);
  };
  const { checks, notes, fault } = report;
  const open = checks.filter(({ status }) => status === 'failed' || status === 'error');
  const others = checks.filter((check) => !open.includes(check));
  return [
    ...(fault === null ? [] : [...wrapText(printableLines(fault), room).map(style.yellow), '']),
    ...open.flatMap((check) => [...block(check), '']),
    ...(notes.length > 0 ? [...notesBlock(notes, style), ''] : []),
    ...others.flatMap(block),
  ];
}

/** The keys by what they do now, as many as there is room for. */
function keys({ part }: WatchView, room: number, style: Colors): string {
  const all = [
    ['h', 'hint'],
    part === 'trace' ? ['t', 'report'] : ['t', 'trace'],
    part === 'keyspace' ? ['k', 'report'] : ['k', 'keyspace'],
    ['n', 'next'],
    ['p', 'previous'],
    ['g', 'grade'],
    ['q', 'quit'],
  ] as const;
  const shown = all.map(([key, what]) => `${style.bold(key)} ${style.dim(what)}`);
  const [wide, narrow] = ['   ', '  '].map((gap) => shown.join(gap));
  if (stringWidth(wide ?? '') <= room) return wide ?? '';
  return stringWidth(narrow ?? '') <= room ? (narrow ?? '') : all.map(([key]) => style.bold(key)).join(' ');
}

/** What is broken goes on under its own indent. */
function wrapLine(line: string, width: number): string[] {
  if (stringWidth(line) <= width) return [line];
  const content = line.trimStart();
  const indent = ' '.repeat(Math.min(line.length - content.length, Math.floor(width / 2)));
  const parts = wrapAnsi(content, width - indent.length - HANG, { hard: true }).split('\n');
  return parts.map((part, index) => indent + (index === 0 ? '' : ' '.repeat(HANG)) + part);
}
