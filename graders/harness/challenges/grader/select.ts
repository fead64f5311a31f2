import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '../../base/errors.ts';
import { list } from '../../base/text/count.ts';
import { nearest } from '../../base/text/nearest.ts';
import { type Collection, SHIPPED } from '../collection/collection.ts';
import { findConfig } from '../collection/find-config.ts';
import { listChallenges } from './list.ts';

/** The challenges that a command is to work on, each once: those that selectors mean, or all of a collection. */
export async function namedOrAll(
  challenges: readonly string[],
  collection: Collection,
): Promise<readonly string[]> {
  return challenges.length > 0
    ? selectChallenges(challenges.join(','), collection)
    : listChallenges(collection);
}

/**
 * The challenges that a selector means, in order and each once: `all`, a mission, a challenge, or several of
 * these with commas between them. Throws UsageError for what is not known.
 */
export async function selectChallenges(selector: string, collection: Collection): Promise<string[]> {
  return (await readSelector(selector, collection)).ids;
}

/** What a selector means, and how it is written without anything that need not be there. Throws UsageError. */
export async function readSelector(
  selector: string,
  collection: Collection,
): Promise<{ ids: string[]; selector: string }> {
  const known = await listChallenges(collection);
  const words = selector.split(',').map((word) => word.trim());
  const named = words.filter((word) => word !== '');
  const meant = (named.length > 0 ? named : ['']).map((word) => meaningOf(word, known, collection));
  return {
    ids: [...new Set(meant.flatMap(({ ids }) => ids))],
    selector: [...new Set(meant.map(({ name }) => name))].join(','),
  };
}

/** The id of the one challenge that a name means. Throws UsageError, also for the name of a mission. */
export async function selectChallenge(name: string, collection: Collection): Promise<string> {
  const known = await listChallenges(collection);
  const { ids, name: meant } = meaningOf(name.trim(), known, collection);
  const [id = '', ...others] = ids;
  if (others.length === 0 && id === meant) return id;
  const all = ids.map((one) => `  ${one}`).join('\n');
  throw new UsageError(`${JSON.stringify(name)} names several challenges. Name one of them:\n${all}`);
}

/**
 * What a word means: a challenge, a mission or all. A path as shells complete it will do (`challenges/sessions/cantina/`),
 * and the last part alone where no other challenge or mission has it.
 */
function meaningOf(
  word: string,
  known: readonly string[],
  collection: Collection,
): { name: string; ids: readonly string[] } {
  if (word === 'all') return { name: word, ids: known };
  const parts = partsOf(word);
  const last = parts.at(-1) ?? '';
  const id = parts.slice(-2).join('/');
  if (known.includes(id) || isHidden(id, known, collection)) return { name: id, ids: [id] };
  const isAlone = parts.length === 1 || parts.at(-2) === 'challenges';
  const ofMission = isAlone ? known.filter((one) => missionOf(one) === last) : [];
  if (ofMission.length > 0) return { name: last, ids: ofMission };
  const [namesake, ...others] = parts.length === 1 ? known.filter((one) => partOf(one) === last) : [];
  if (namesake !== undefined && others.length === 0) return { name: namesake, ids: [namesake] };
  throw unknownName(word, known, collection);
}

/** The parts of a name, which may be a path to a challenge's folder or to its grader. */
function partsOf(word: string): string[] {
  return word
    .replace(/\.yaml$/, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.');
}

const missionOf = (id: string) => id.slice(0, id.indexOf('/'));
const partOf = (id: string) => id.slice(id.indexOf('/') + 1);

/** True for a grader that no list shows, such as one behind a link, but not for one in other capitals. */
function isHidden(id: string, known: readonly string[], { graders }: Collection): boolean {
  return (
    /^[\w-]+\/[\w-]+$/.test(id) &&
    !known.some((one) => one.toLowerCase() === id.toLowerCase()) &&
    existsSync(join(graders, `${id}.yaml`))
  );
}

/** The error for a name that is not known: what may be meant, and what there is. */
export function unknownName(word: string, known: readonly string[], collection: Collection): UsageError {
  const meant = nearlyMeant(word, known);
  const named = JSON.stringify(word) + (meant.length > 0 ? `; did you mean ${list(meant, 'or')}?` : '.');
  const home = collection.root === SHIPPED.root ? '' : ` of ${shown(collection.root)}`;
  return new UsageError(
    [
      partsOf(word).length > 1
        ? `There is no challenge named ${named}`
        : `There is no mission or challenge named ${named}`,
      `The challenges${home} are:`,
      ...known.map((id) => `  ${id}`),
      ...otherCollection(collection),
    ].join('\n'),
  );
}

/** What a word may mean that names nothing. */
function nearlyMeant(word: string, known: readonly string[]): string[] {
  const parts = partsOf(word);
  // A file of a challenge's own.
  const within = known.filter((id) => `/${parts.join('/')}/`.toLowerCase().includes(`/${id.toLowerCase()}/`));
  if (within.length > 0) return within;
  const last = parts.at(-1) ?? '';
  const namesakes = known.filter((id) => partOf(id) === last.toLowerCase());
  if (namesakes.length > 0) return namesakes;
  const missions = new Set(known.map(missionOf));
  const id = parts.slice(-2).join('/');
  // Each part must be near: `sessions/nothing` is no other challenge of sessions.
  const alike = known.filter(
    (one) => nearest(missionOf(id), [missionOf(one)]) && nearest(last, [partOf(one)]),
  );
  const near = parts.length > 1 ? nearest(id, alike) : nearest(last, [...missions, ...known.map(partOf)]);
  if (near === undefined) return [];
  return known.includes(near) || missions.has(near) ? [near] : known.filter((one) => partOf(one) === near);
}

/** Graders of the current folder's own are only graded with where they are named. */
function otherCollection({ root }: Collection): string[] {
  const config = root === SHIPPED.root ? findConfig(process.cwd()) : undefined;
  return config === undefined
    ? []
    : [
        `To grade with those of ${shown(config)}, add --challenges ${relative(process.cwd(), dirname(config)) || '.'}`,
      ];
}

function shown(path: string): string {
  return relative(process.cwd(), path) || 'this folder';
}
