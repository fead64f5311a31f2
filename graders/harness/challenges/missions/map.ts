import { join, relative } from 'node:path';
import { PREBUILT } from '../../base/document/prebuilt.ts';
import { readPlainFile, readTextOf } from '../../base/plain-file.ts';
import { digestOf } from '../../base/text/digest.ts';
import type { Collection } from '../collection/collection.ts';
import { listChallenges } from '../grader/list.ts';
import { readGraderFile } from '../grader/read-grader-file.ts';
import { parseReadmeMetadata, type ReadmeMetadata } from './readme-metadata.ts';
import type { MissionEntry, Missions } from './schema.ts';

/** The file among the challenges that says in which order they are best worked on. */
export const MISSIONS_NAME = 'missions.yaml';

/** What the map tells of a grader. */
interface GraderSummary {
  title: string;
  points: number;
  /** How many there are. */
  checks: number;
  /** The least version of Valkey that the challenge can be graded on; null for any. */
  minVersion: string | null;
}

/** A challenge on the map; what its instructions do not tell is null. */
export interface MapChallenge extends GraderSummary {
  id: string;
  /** True for the challenge that its mission begins with. */
  main: boolean | null;
  difficulty: ReadmeMetadata['difficulty'] | null;
  /** A rough time. */
  minutes: number | null;
}

/** A mission, with its challenges in the order in which they are best worked on. */
export interface MapMission {
  id: string;
  title: string;
  /** What one learns in it; null where nobody has said so. */
  about: string | null;
  challenges: MapChallenge[];
}

/**
 * The way through a collection: its missions and challenges in the order of its `missions.yaml`; what is not
 * named there comes after, main challenges first, by name. Throws UsageError, for a mistake in a grader or
 * in that file with its place.
 */
export async function missionMap(collection: Collection): Promise<MapMission[]> {
  const [entries, challenges] = await Promise.all([readMissions(collection), readChallenges(collection)]);
  const missions = new Map<string, MapChallenge[]>();
  for (const challenge of challenges) {
    const mission = missionOf(challenge);
    missions.set(mission, [...(missions.get(mission) ?? []), challenge]);
  }
  const rank = (mission: string) =>
    placeIn(
      entries.map(({ id }) => id),
      mission,
    );
  return [...missions]
    .sort(([left], [right]) => rank(left) - rank(right))
    .map(([id, unordered]) => {
      const {
        title = id,
        about = null,
        challenges: order = [],
      } = entries.find((entry) => entry.id === id) ?? {};
      return { id, title, about, challenges: inOrder(unordered, order) };
    });
}

/** The missions that are named in a collection's `missions.yaml`; none where there is no such file. */
async function readMissions({ challenges }: Collection): Promise<MissionEntry[]> {
  const file = join(challenges, MISSIONS_NAME);
  const text = await readIfThere(file);
  if (text === null) return [];
  const prebuilt = PREBUILT[digestOf(text)];
  if (prebuilt !== undefined) return (JSON.parse(prebuilt) as Missions).missions;
  const { parseMissions } = await import('./missions-file.ts');
  return parseMissions(text, relative(process.cwd(), file)).content.missions;
}

async function readChallenges(collection: Collection): Promise<MapChallenge[]> {
  const ids = await listChallenges(collection);
  return Promise.all(
    ids.map(async (id) => {
      const file = join(collection.graders, `${id}.yaml`);
      const readme = await readIfThere(join(collection.challenges, id, 'README.md'));
      const { main = null, difficulty = null, minutes = null } = parseReadmeMetadata(readme ?? '') ?? {};
      return { id, ...(await readGrader(file)), main, difficulty, minutes };
    }),
  );
}

async function readGrader(file: string): Promise<GraderSummary> {
  const text = await readTextOf(file);
  const { content } = await readGraderFile(text, relative(process.cwd(), file));
  const { title, points, checks, minVersion = null } = content;
  return { title, points, checks: checks.length, minVersion };
}

/** Those that are named first, as named; then main challenges, then the others, as they come. */
function inOrder(challenges: readonly MapChallenge[], order: readonly string[]): MapChallenge[] {
  const rank = ({ id }: MapChallenge) => placeIn(order, id.split('/')[1] ?? '');
  return [...challenges].sort(
    (left, right) => rank(left) - rank(right) || Number(right.main) - Number(left.main),
  );
}

function placeIn(order: readonly string[], name: string): number {
  const index = order.indexOf(name);
  return index === -1 ? order.length : index;
}

function missionOf({ id }: MapChallenge): string {
  return id.split('/')[0] ?? '';
}

async function readIfThere(file: string): Promise<string | null> {
  return readPlainFile(file)?.toString() ?? null;
}
