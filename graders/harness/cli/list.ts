import { type CollectionChoice, chooseCollection } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { type MapChallenge, type MapMission, missionMap } from '../missions/map.ts';
import { sumsOf } from '../missions/sums.ts';
import { write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';

export interface ListOptions extends CollectionChoice {
  json?: boolean;
  color: boolean;
}

/** `keyspace-grader list`: the way through the challenges. */
export async function listCommand(options: ListOptions): Promise<number> {
  const missions = await missionMap(await chooseCollection(options));
  if (options.json) {
    const rows = missions.flatMap(({ id: mission, challenges }) =>
      challenges.map(({ id, ...rest }) => ({ id, mission, ...rest })),
    );
    await write(`${JSON.stringify(rows, null, 2)}\n`);
    return ExitCode.passed;
  }
  const style = styles(wantsColors(process.stdout, options.color));
  const all = missions.flatMap(({ challenges }) => challenges);
  const width = Math.max(0, ...all.map(({ id }) => id.length));
  const sections = missions.map((mission) => section(mission, width, style));
  await write(`${sections.join('')}\n  ${count(all.length, 'challenge')}, ${sumsOf(all)}\n\n`);
  return ExitCode.passed;
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
