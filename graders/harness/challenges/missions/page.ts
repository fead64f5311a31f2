import { count } from '../../base/text/count.ts';
import { CONNECTING, connectingText } from './connecting.ts';
import type { MapChallenge, MapMission } from './map.ts';
import { describeTotals } from './totals.ts';

/** The way through a collection as a page in Markdown: `challenges/README.md` is this, written out. */
export function missionsPage(missions: readonly MapMission[]): string {
  const all = missions.flatMap(({ challenges }) => challenges);
  return `${[
    '# The challenges',
    'Made by `npm run generate` from the graders, the instructions and [missions.yaml](missions.yaml): do not edit it.',
    `${count(missions.length, 'mission')}, ${count(all.length, 'challenge')}, ${describeTotals(all)}. Every challenge stands alone; this is the order in which they are best worked on. Each mission begins with its main challenge. Each challenge's page has the story, the data, the task, and how to have it graded; beside it lies a starter to write into.`,
    ...missions.flatMap(section),
    `## ${CONNECTING}`,
    connectingText(),
  ].join('\n\n')}\n`;
}

function section({ title, about, challenges }: MapMission): string[] {
  const rows = challenges.map(
    (challenge, index) =>
      `| ${index + 1} | ${link(challenge)} | ${challenge.points} | ${challenge.difficulty ?? ''} | ${minutes(challenge)} | ${needs(challenge)} |`,
  );
  return [
    `## ${escaped(title)}`,
    `${about === null ? '' : `${escaped(about)} `}${count(challenges.length, 'challenge')}, ${describeTotals(challenges)}.`,
    [
      '| | challenge | points | difficulty | time | needs |',
      '| ---: | --- | ---: | --- | ---: | --- |',
      ...rows,
    ].join('\n'),
  ];
}

function link({ id, title, main }: MapChallenge): string {
  const text = `[${escaped(title)}](${id}/README.md)`;
  return main ? `**${text}**` : text;
}

function minutes({ minutes: rough }: MapChallenge): string {
  return rough === null ? '' : `${rough} min`;
}

function needs({ minVersion }: MapChallenge): string {
  return minVersion === null ? '' : `Valkey ${minVersion}`;
}

function escaped(text: string): string {
  return text.replace(/[<|*_[\]]/g, '\\$&');
}
