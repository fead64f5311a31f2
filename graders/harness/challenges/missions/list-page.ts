import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import type { MapChallenge, MapMission } from './map.ts';
import { describeTotals } from './totals.ts';

/** What a row shows of how far a learner is. */
export interface RowProgress {
  state: 'solved' | 'begun' | 'not started';
  /** The points so far; null where they are not known. */
  score: number | null;
  /** What else is to be said; null for nothing. */
  remark: string | null;
}

const MARKS = { solved: '✓', begun: '~', 'not started': ' ' } as const;

/** The way through a collection as a page for a terminal; with how far a learner is, where that is known. */
export function listPage(
  missions: readonly MapMission[],
  style: Colors,
  progress?: ReadonlyMap<string, RowProgress>,
): string {
  const all = missions.flatMap(({ challenges }) => challenges);
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  const sections = missions.map((mission) => section(mission, width, style, progress));
  const sums = progress ? `  ${progressLine(all, progress, style)}\n` : '';
  return `${sections.join('')}\n  ${count(all.length, 'challenge')}, ${describeTotals(all)}\n${sums}\n`;
}

function progressLine(
  all: readonly MapChallenge[],
  progress: ReadonlyMap<string, RowProgress>,
  style: Colors,
): string {
  const rows = all.map(({ id }) => progress.get(id));
  const number = (state: RowProgress['state']) => rows.filter((row) => row?.state === state).length;
  const solved = style.green(`${MARKS.solved} ${number('solved')} solved`);
  const begun = style.yellow(`${MARKS.begun} ${number('begun')} begun`);
  const score = rows.reduce((sum, row) => sum + (row?.score ?? 0), 0);
  return `${solved}, ${begun}, ${number('not started')} not started; ${count(score, 'point')} so far`;
}

function section(
  { title, about, challenges }: MapMission,
  width: number,
  style: Colors,
  progress: ReadonlyMap<string, RowProgress> | undefined,
): string {
  const heading = `\n  ${style.bold(printable(title))}${about === null ? '' : style.dim(`  ${printable(about)}`)}\n`;
  return heading + challenges.map((one) => row(one, width, style, progress?.get(one.id))).join('');
}

function row(
  challenge: MapChallenge,
  width: number,
  style: Colors,
  progress: RowProgress | undefined,
): string {
  const { id, title, points, main, difficulty, minutes, minVersion } = challenge;
  const { state = 'not started', score = null, remark = null } = progress ?? {};
  const color = { solved: style.green, begun: style.yellow, 'not started': String }[state];
  const cells = [
    id.padEnd(width),
    color((score === null ? count(points, 'point') : `${score} of ${points}`).padEnd(10)),
    (difficulty ?? '').padEnd(6),
    (minutes === null ? '' : `${minutes} min`).padStart(6),
  ];
  const needs = minVersion === null ? '' : style.dim(` (Valkey ${minVersion} or later)`);
  const told = remark === null ? '' : style.yellow(`  ${remark}`);
  return `  ${color(MARKS[state])} ${main ? style.bold('●') : ' '} ${cells.join('  ')}  ${printable(title)}${needs}${told}\n`;
}
