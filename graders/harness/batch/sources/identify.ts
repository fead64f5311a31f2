import { createHash } from 'node:crypto';
import { UsageError } from '../../base/errors.ts';
import { count, list, shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { Notify } from '../../recording/engine/engine.ts';
import type { Learner } from '../submission.ts';
import type { Roster } from './roster.ts';

/** Something that was handed in, of whom is still to be told. */
export interface Candidate {
  /** What may name the submitter: of a folder or repository its whole name. */
  name: string;
  /** True where the name is the submitter's and nothing else: from `{id}`, or from a list. */
  isExact: boolean;
  /** What stands before the submitter in the name, where that is known. */
  prefix?: string;
  /** For messages: the folder, or the list's line. */
  from: string;
}

export interface Identified<Found extends Candidate> {
  found: Found;
  id: string;
  learner: Learner | null;
}

/**
 * Tells whose each is, and who on the roster has none. Where nothing else tells what stands before the username
 * in the names (`<classroom>-<assignment>-`), the roster does: what comes before a username most often. Different names
 * that would name the same files are told apart. Throws UsageError for two of one submitter, and where nothing fits the
 * roster.
 */
export function identify<Found extends Candidate>(
  candidates: readonly Found[],
  roster: Roster | undefined,
  notify: Notify,
): { identified: Identified<Found>[]; absent: Learner[] } {
  const vague = candidates.filter(({ isExact, prefix }) => !isExact && prefix === undefined);
  const usual = roster ? usualPrefix(vague, roster) : '';
  if (usual !== '')
    notify(`By the roster, names are read as ${printable(usual)}<username>. Otherwise, name the part: {id}.`);
  const read = candidates.map((found) => {
    const name = found.isExact ? found.name : withoutPrefix(found.name, found.prefix ?? usual);
    return { found, name, learner: roster?.find(name) ?? null };
  });
  refuseDoubles(read);
  const ids = distinctIds(read.map(({ name }) => name));
  const renamed = read
    .filter(({ name }) => ids.get(name) !== safeId(name))
    .map(({ name }) => `${printable(name)} is ${ids.get(name)}`);
  if (renamed.length > 0)
    notify(`Told apart, since other names look the same in file names: ${shortList(renamed)}.`);
  const identified = read.map(({ found, name, learner }) => ({
    found,
    id: ids.get(name) ?? safeId(name),
    learner,
  }));
  const present = new Set(identified.map(({ learner }) => learner));
  if (
    roster &&
    roster.learners.length > 0 &&
    identified.length > 0 &&
    present.size === 1 &&
    present.has(null)
  )
    throw new UsageError(
      `Nobody on the roster ${roster.file} fits any of ${count(identified.length, 'submission')}: ${shortList(identified.map(({ id }) => id))}.\nName the part of the folders' names that is the username or identifier, such as --submissions 'repos/valkey-sessions-{id}'.`,
    );
  return { identified, absent: (roster?.learners ?? []).filter((learner) => !present.has(learner)) };
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

/**
 * What comes before learners' names most often, if more than half of all names begin so; the shortest of
 * several, since a username may have hyphens, too.
 */
function usualPrefix(candidates: readonly Candidate[], roster: Roster): string {
  const votes = new Map<string, number>();
  for (const { name } of candidates) {
    const starts = [0, ...[...name.matchAll(/-/g)].map(({ index }) => index + 1)];
    for (const start of starts) {
      if (!roster.find(name.slice(start))) continue;
      const prefix = name.slice(0, start);
      votes.set(prefix, (votes.get(prefix) ?? 0) + 1);
    }
  }
  const beginning = (prefix: string) => candidates.filter(({ name }) => name.startsWith(prefix)).length;
  const [best] = [...votes]
    .filter(([prefix]) => beginning(prefix) * 2 > candidates.length)
    .sort(([left, some], [right, others]) => others - some || left.length - right.length);
  return best?.[0] ?? '';
}

interface Named {
  found: Candidate;
  /** The submitter's, without what stands before it. */
  name: string;
  learner: Learner | null;
}

function refuseDoubles(read: readonly Named[]): void {
  const groups = new Map<Learner | string, string[]>();
  for (const { name, learner, found } of read)
    for (const key of learner ? [name, learner] : [name])
      groups.set(key, [...(groups.get(key) ?? []), found.from]);
  const doubles = [...groups].filter(([, from]) => from.length > 1);
  const [first] = doubles;
  if (!first) return;
  const [whose, from] = first;
  const name = typeof whose === 'string' ? whose : whose.identifier;
  throw new UsageError(
    `${count(from.length, 'submission')} are ${printable(name)}'s: ${list(from.map(printable))}. Keep one, or name those to be graded, such as --submissions 'repos/valkey-sessions-{id}'.`,
  );
}

/**
 * The ids of different names. Of those that would have the same, in other capitals too (some systems do not tell these
 * apart), one keeps it: the one that needed no change. The others get a digest of their names.
 */
function distinctIds(names: readonly string[]): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const key = safeId(name).toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const ids = new Map<string, string>();
  for (const [key, group] of groups) {
    const unchanged = group.filter((name) => safeId(name) === name);
    const [keeper] = group.length === 1 ? group : unchanged.length === 1 ? unchanged : [key];
    for (const name of group) ids.set(name, name === keeper ? safeId(name) : distinct(name, groups));
  }
  return ids;
}

/** With a digest of the name, long enough that nobody can take it by a name of their own. */
function distinct(name: string, taken: ReadonlyMap<string, unknown>): string {
  for (let length = DIGEST_LENGTH; ; length *= 2) {
    const id = withDigest(safeId(name), name, length);
    if (!taken.has(id.toLowerCase()) || length >= 64) return id;
  }
}

/** More would not fit into a file's name on some systems, with what the batch puts behind it. */
const MOST_BYTES = 200;
const DIGEST_LENGTH = 8;

/**
 * A name as part of a file's name: what is no letter, digit, `.`, `_` or `-` becomes `_`. Always the same for
 * the same name, whatever other submissions there are.
 */
export function safeId(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_')
    .replace(/^[.-]|\.$/g, '_')
    // Windows keeps these names, whatever comes after the dot, for devices.
    .replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '$1_');
  if (Buffer.byteLength(plain) <= MOST_BYTES) return plain;
  return withDigest(plain, name);
}

function withDigest(plain: string, name: string, length = DIGEST_LENGTH): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, length);
  const characters = [...plain];
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES - 1 - length) characters.pop();
  return `${characters.join('')}-${digest}`;
}
