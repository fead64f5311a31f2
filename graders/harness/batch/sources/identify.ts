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
 * in the names (`<classroom>-<assignment>-`), the roster does: what comes before a username most often.
 * Throws UsageError for two of one submitter, and where nothing fits the roster.
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
  const identified = candidates.map((found) => {
    const name = found.isExact ? found.name : withoutPrefix(found.name, found.prefix ?? usual);
    return { found, id: safeId(name), learner: roster?.find(name) ?? null };
  });
  refuseDoubles(identified);
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

function refuseDoubles(identified: readonly Identified<Candidate>[]): void {
  const groups = new Map<Learner | string, string[]>();
  for (const { id, learner, found } of identified)
    for (const key of [id.toLowerCase(), ...(learner ? [learner] : [])])
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

/** More would not fit into a file's name on some systems, with what the batch puts behind it. */
const MOST_BYTES = 200;

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
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const characters = [...plain];
  while (Buffer.byteLength(characters.join('')) > MOST_BYTES - 9) characters.pop();
  return `${characters.join('')}-${digest}`;
}
