import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ReadableError } from '../../base/errors.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import type { Collection } from '../../challenges/collection/collection.ts';
import type { MapChallenge, MapMission } from '../../challenges/missions/map.ts';
import type { Report } from '../../judging/report/report.ts';
import { ownMissions } from './own-missions.ts';
import { progressAt } from './progress.ts';

/** What comes after a challenge. */
export interface Next {
  /** The challenge to go on with; null where all are solved. */
  challenge: MapChallenge | null;
  /** What has come to its end: sentences, empty where nothing has. */
  ends: readonly string[];
}

/** What comes after a challenge that was solved, by the order of the map: the next one that is not solved. */
export function nextAfter(missions: readonly MapMission[], done: string, solved: ReadonlySet<string>): Next {
  const all = missions.flatMap(({ challenges }) => challenges);
  const open = all.filter(({ id }) => id !== done && !solved.has(id));
  const at = all.findIndex(({ id }) => id === done);
  const mission = missions.find(({ challenges }) => challenges.some(({ id }) => id === done));
  const challenge = open.find((one) => all.indexOf(one) > at) ?? open[0] ?? null;
  if (challenge === null) return { challenge, ends: [allSolved(all.length)] };
  const title = printable(mission?.title ?? '');
  const isComplete = !open.some(({ id }) => mission?.challenges.some((one) => one.id === id));
  const isLastOf = (list: readonly MapChallenge[] = []) => list.at(-1)?.id === done;
  const ends = [
    ...(isComplete
      ? [`The mission “${title}” is complete.`]
      : isLastOf(mission?.challenges) && !isLastOf(all)
        ? [`That was the last challenge of the mission “${title}”.`]
        : []),
    ...(isLastOf(all)
      ? [
          `That was the last challenge of all. ${open.length} before it ${open.length === 1 ? 'is' : 'are'} not solved yet.`,
        ]
      : []),
  ];
  return { challenge, ends };
}

function allSolved(number: number): string {
  return number === 1
    ? 'That was the only challenge.'
    : `All ${number} challenges are solved: that was the last one.`;
}

/** Where the next challenge is worked on. */
export interface NextPlace {
  /** The learner's repository. */
  repository: string;
  /** How a challenge is started there. */
  start(id: string): string;
}

/** What comes next as lines: the challenge, its page where the learner has it, and the command that starts it. */
export function nextLines({ challenge, ends }: Next, place: NextPlace, style: Colors): string[] {
  const told = ends.map((end) => style.green(end));
  return challenge === null ? told : [...told, ...challengeLines('Next', challenge, place, style)];
}

/** The same as text, indented, each line ended by a line feed. */
export function nextText(next: Next, place: NextPlace, style: Colors): string {
  return nextLines(next, place, style)
    .map((line) => `  ${line}\n`)
    .join('');
}

/** A challenge to begin or to go on with. */
export function challengeLines(
  label: string,
  { id, title }: Pick<MapChallenge, 'id' | 'title'>,
  { repository, start }: NextPlace,
  style: Colors,
): string[] {
  const page = [join('challenges', id), id]
    .map((folder) => join(repository, folder, 'README.md'))
    .find((file) => existsSync(file));
  return [
    `${label}: ${style.bold(printable(id))}  ${printable(title)}`,
    ...(page === undefined ? [] : [`  the task   ${printable(relative(process.cwd(), page))}`]),
    `  start it   ${style.cyan(start(id))}`,
  ];
}

/** The command that starts a challenge; `challenges` is the `--challenges` that was given. */
export function watchCommand(challenges: string | undefined): (id: string) => string {
  const option = challenges === undefined ? [] : ['--challenges', challenges];
  return (id) => ownCommand('watch', id, ...option);
}

/** Where a learner works. */
export interface LearnerPlace {
  /** The folder in which the learner works. */
  workingIn: string;
  collection: Collection;
  /** The `--challenges` that was given. */
  option?: string | undefined;
}

/** What comes next after these verdicts, as indented lines; empty where nothing was solved. */
export async function textAfterSolving(
  reports: readonly Report[],
  place: LearnerPlace,
  style: Colors,
): Promise<string> {
  const found = await whatComesNext(reports, place);
  return found === null ? '' : `${nextText(found.next, found.place, style)}\n`;
}

/** Null where nothing was solved, or the way through the challenges cannot be read. */
export async function whatComesNext(
  reports: readonly Report[],
  { workingIn, collection, option }: LearnerPlace,
): Promise<{ next: Next; place: NextPlace } | null> {
  const passed = reports.filter(({ status }) => status === 'passed').map(({ challenge }) => challenge.id);
  if (passed.length === 0) return null;
  try {
    const missions = await ownMissions(collection, workingIn);
    const ids = missions.flatMap(({ challenges }) => challenges.map(({ id }) => id));
    const done = ids.findLast((id) => passed.includes(id));
    if (done === undefined) return null;
    const progress = await progressAt(workingIn, ids, collection);
    const before = ids.filter((id) => progress?.challenges.get(id)?.state === 'solved');
    return {
      next: nextAfter(missions, done, new Set([...before, ...passed])),
      place: { repository: progress?.repository ?? workingIn, start: watchCommand(option) },
    };
  } catch (error) {
    // A mistake in another grader, or a folder that may not be read, takes nothing from a verdict that is there.
    if (error instanceof ReadableError || isOfSystem(error)) return null;
    throw error;
  }
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code !== undefined;
}
