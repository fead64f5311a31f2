import { count } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import type { MapChallenge, MapMission } from './map.ts';
import { describeTotals } from './totals.ts';

/** The way through a collection as a page for a terminal. */
export function listPage(missions: readonly MapMission[], style: Colors): string {
  const all = missions.flatMap(({ challenges }) => challenges);
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  const sections = missions.map((mission) => section(mission, width, style));
  return `${sections.join('')}\n  ${count(all.length, 'challenge')}, ${describeTotals(all)}\n\n`;
}

function section({ title, about, challenges }: MapMission, width: number, style: Colors): string {
  const heading = `\n  ${style.bold(printable(title))}${about === null ? '' : style.dim(`  ${printable(about)}`)}\n`;
  return heading + challenges.map((challenge) => row(challenge, width, style)).join('');
}

function row(challenge: MapChallenge, width: number, style: Colors): string {
  const { id, title, points, main, difficulty, minutes, minVersion } = challenge;
  const cells = [
    id.padEnd(width),
    count(points, 'point').padEnd(10),
    (difficulty ?? '').padEnd(6),
    (minutes === null ? '' : `${minutes} min`).padStart(6),
  ];
  const needs = minVersion === null ? '' : style.dim(` (Valkey ${minVersion} or later)`);
  return `    ${main ? style.bold('●') : ' '} ${cells.join('  ')}  ${printable(title)}${needs}\n`;
}
