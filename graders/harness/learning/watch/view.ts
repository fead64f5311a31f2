import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';
import { printable, printableLines } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import { hintRows } from '../../judging/report/failure-details.ts';
import type { CheckReport } from '../../judging/report/report.ts';
import { shownChecks } from '../../judging/report/waiting-checks.ts';
import { causesBlock, checkBlock, notesBlock, scoreLine } from '../../reports/console.ts';
import { type Next, nextLines } from '../progress/next.ts';
import { keyLines, type Part } from './keys.ts';
import { keyspaceLines } from './keyspace-lines.ts';
import type { LiveOutcome } from './live-grading.ts';
import { traceLines } from './trace-lines.ts';

/** All that is on the screen of `watch`. */
export interface WatchView {
  challenge: { id: string; title: string };
  /** Its place in the order, from 1. */
  place: { number: number; of: number };
  /** The script, as seen from the folder one works in; null where there is none yet. */
  file: string | null;
  /** Null before the first verdict. */
  outcome: LiveOutcome | null;
  /** What comes after it, where it is solved; null where it is not. */
  next: { next: Next; repository: string } | null;
  grading: boolean;
  part: Part;
  /** The hints beyond the first that were given, by the id of the check, and how many there are in all. */
  hints: ReadonlyMap<string, { further: readonly string[]; total: number }>;
  /** A line above the keys; null for none. */
  message: string | null;
  /** Lines of the middle that were scrolled away. */
  scroll: number;
}

/** The screen before anything is known of a challenge. */
export function emptyView(challenge: string, order: readonly string[]): WatchView {
  return {
    challenge: { id: challenge, title: challenge },
    place: { number: order.indexOf(challenge) + 1, of: order.length },
    file: null,
    outcome: null,
    next: null,
    grading: true,
    part: 'report',
    hints: new Map(),
    message: null,
    scroll: 0,
  };
}

export interface Size {
  columns: number;
  rows: number;
}

/** The screen, and what can be done with it. */
export interface Rendered {
  /** As many as there are rows, none wider than the screen. */
  lines: string[];
  /** How far the middle can be scrolled. */
  furthest: number;
  /** The rows of the middle. */
  height: number;
  /** How far the middle is scrolled for a check to be its first, by the check's id. */
  places: ReadonlyMap<string, number>;
}

const INDENT = '  ';
/** Columns by which what is broken is set in. */
const HANG = 2;

/** A part of the middle; `check` is the id of the one that it is about. */
interface Block {
  check?: string;
  lines: string[];
}

/** Makes the screen. */
export function renderWatch(view: WatchView, { columns, rows }: Size, style: Colors): Rendered {
  const room = Math.max(10, Math.min(columns, 120) - INDENT.length);
  const wrapped = (lines: readonly string[]) => lines.flatMap((line) => wrapLine(line, room));
  const head = wrapped([...heading(view, room, style), ...file(view, style), state(view, room, style), '']);
  const keys = wrapped(keyLines(view.part, room, style));
  const middle: string[] = [];
  const places = new Map<string, number>();
  for (const { check, lines } of middleBlocks(view, room, style)) {
    if (check !== undefined) places.set(check, middle.length);
    middle.push(...wrapped(lines));
  }
  const message = view.message === null ? [] : wrapped([style.yellow(view.message)]);
  const height = Math.max(1, rows - head.length - 1 - Math.max(1, message.length) - keys.length);
  const furthest = Math.max(0, middle.length - height);
  const from = Math.min(view.scroll, furthest);
  const shown = middle.slice(from, from + height);
  const below = middle.length - from - shown.length;
  const more = below > 0 ? style.dim(`↓ ${below} more`) : '';
  const gap = Array<string>(height - shown.length).fill('');
  const lines = [...head, ...shown, ...gap, '', ...(message.length > 0 ? message : [more]), ...keys];
  return {
    lines: lines.slice(0, rows).map((line) => (line === '' ? '' : INDENT + line)),
    ...{ furthest, height, places },
  };
}

/** The title, the id and the place, which go below each other where they do not fit. */
function heading({ challenge, place }: WatchView, room: number, style: Colors): string[] {
  const title = style.bold(printable(challenge.title));
  const id = style.dim(printable(challenge.id));
  const right = style.dim(`${place.number} of ${place.of}`);
  const width = Math.min(room, 78);
  const spread = (left: string) => {
    const gap = width - stringWidth(left) - stringWidth(right);
    return gap > 1 ? left + ' '.repeat(gap) + right : undefined;
  };
  const whole = spread(`${title}  ${id}`);
  return whole !== undefined ? [whole] : [title, spread(id) ?? `${id}  ${right}`];
}

function file({ file: path, outcome }: WatchView, style: Colors): string[] {
  if (path !== null) return [style.dim(printable(path))];
  return [outcome === null ? '' : style.dim('no script to grade')];
}

function state({ outcome, grading }: WatchView, room: number, style: Colors): string {
  if (grading && outcome === null) return style.dim('grading …');
  if (outcome === null) return '';
  const took = grading ? 'grading …' : outcome.evidence === null ? '' : `${outcome.tookMs} ms`;
  const score = scoreLine(outcome.report, style, room - (took === '' ? 0 : took.length + 2));
  const line = took === '' ? score : `${score}  ${style.dim(took)}`;
  // How long it took is no loss; that it is not through, is.
  return grading || stringWidth(line) <= room ? line : score;
}

function middleBlocks(view: WatchView, room: number, style: Colors): Block[] {
  const { outcome, part } = view;
  if (outcome === null) return [];
  const [run] = outcome.evidence?.runs ?? [];
  if (part !== 'report' && run) {
    const lines = part === 'trace' ? traceLines(run, room, style) : keyspaceLines(run, style);
    const title = part === 'trace' ? 'What the server ran' : 'What is in the keyspace';
    return [{ lines: [style.bold(title), '', ...lines] }];
  }
  return reportBlocks(view, outcome, room, style);
}

/** What is to be done comes first: a screen is soon full. */
function reportBlocks(
  { hints, next }: WatchView,
  { report }: LiveOutcome,
  room: number,
  style: Colors,
): Block[] {
  const width = Math.min(room, 78);
  const block = (check: CheckReport): Block => {
    const given = hints.get(check.id);
    const rows = given ? hintRows(given.further, 2, given.total) : [];
    return { check: check.id, lines: checkBlock(check, style, rows, width) };
  };
  const { notes, fault } = report;
  const { shown: checks, line } = shownChecks(report);
  const causes = causesBlock(report, style, width);
  const open = checks.filter(({ status }) => status === 'failed' || status === 'error');
  const others = checks.filter((check) => !open.includes(check));
  const place = { repository: next?.repository ?? '', start: () => 'press n' };
  return [
    { lines: next === null ? [] : [...nextLines(next.next, place, style), ''] },
    { lines: fault === null ? [] : [...wrapText(printableLines(fault), room).map(style.yellow), ''] },
    { lines: causes.length > 0 ? [...causes, ''] : [] },
    { lines: line === null ? [] : [...wrapText(line, width).map(style.dim), ''] },
    ...open.map(block).map((one) => ({ ...one, lines: [...one.lines, ''] })),
    { lines: notes.length > 0 ? [...notesBlock(notes, style, width), ''] : [] },
    ...others.map(block),
  ];
}

/** What is broken goes on under its own indent. */
function wrapLine(line: string, width: number): string[] {
  if (stringWidth(line) <= width) return [line];
  const content = line.trimStart();
  const indent = ' '.repeat(Math.min(line.length - content.length, Math.floor(width / 2)));
  const parts = wrapAnsi(content, width - indent.length - HANG, { hard: true }).split('\n');
  return parts.map((part, index) => indent + (index === 0 ? '' : ' '.repeat(HANG)) + part);
}
