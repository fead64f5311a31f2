import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../evidence/bytes.ts';
import type { KeySnapshot } from '../evidence/evidence.ts';
import { shortList } from '../text/count.ts';
import { show } from '../text/printable.ts';
import { changesOf } from './effects.ts';
import type { CommandNote, Failure } from './finding.ts';
import { mustKnow } from './must-know.ts';
import type { RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

/** A sorted set: the score of each member. */
export type Board = ReadonlyMap<string, number>;

/** A sorted set of a snapshot; empty for anything else. */
export function boardOf(key: KeySnapshot | undefined): Board {
  if (key?.type !== 'zset') return new Map();
  return new Map(key.members.map(({ member, score }) => [textOf(member) ?? show(member), toScore(score)]));
}

/** The members from the highest score to the lowest, as ZREVRANGE has them. */
export function ranking(board: Board): string[] {
  return [...board]
    .sort(([left, low], [right, high]) => high - low || Buffer.compare(Buffer.from(right), Buffer.from(left)))
    .map(([member]) => member);
}

/** A score as a number: the server writes `inf` for what JavaScript calls Infinity. */
export function toScore(text: string): number {
  return Number(text.replace(/inf$/i, 'Infinity'));
}

/** True for scores that differ by no more than the dust of fractions: 12.3 raised by 33.3 is 45.599999999999994. */
export function sameScore(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) < 1e-9;
}

export function sameBoard(left: Board, right: Board): boolean {
  return (
    left.size === right.size &&
    [...left].every(([member, score]) => sameScore(score, right.get(member) ?? Number.NaN))
  );
}

/** A member with its score, as reports tell it; the member alone where the score is of no matter. */
export function describeScore(member: string, score: number | undefined): string {
  return score === undefined ? show(member) : `${show(member)} with ${plain(score)}`;
}

/** A score without the dust of fractions. */
function plain(score: number | undefined): number | undefined {
  return score && Number(score.toPrecision(15));
}

/**
 * The failure of a sorted set that lacks some members, has some too many or some with another score.
 * `wanted` has undefined for a member whose score is of no matter.
 */
export function boardFailure(
  run: RunView,
  key: string,
  wanted: ReadonlyMap<string, number | undefined>,
  found: Board,
): Failure {
  const isWrong = ([member, score]: readonly [string, number | undefined]) => {
    const there = found.get(member);
    return there === undefined || (score !== undefined && !sameScore(there, score));
  };
  const wrong = [...wanted].filter(isWrong);
  const missing = wrong.filter(([member]) => !found.has(member));
  const other = wrong.filter(([member]) => found.has(member));
  const extra = [...found].filter(([member]) => !wanted.has(member));
  const otherScore = ([member, score]: readonly [string, number | undefined]) =>
    `${describeScore(member, found.get(member))}, not ${plain(score)}`;
  const parts = [
    ...(missing.length > 0 ? [`missing: ${shortList(missing.map((entry) => describeScore(...entry)))}`] : []),
    ...(extra.length > 0 ? [`too many: ${shortList(extra.map((entry) => describeScore(...entry)))}`] : []),
    ...other.map(otherScore),
  ];
  return {
    passed: false,
    expected: shortList(
      [...wanted].map((entry) => describeScore(...entry)),
      12,
    ),
    // Where all look alike, they differ in what is not shown of them.
    actual:
      parts.join('\n') ||
      shortList(
        [...found].map((entry) => describeScore(...entry)),
        12,
      ),
    commands: changesTo(
      run,
      key,
      [...missing, ...other, ...extra].map(([member]) => member),
    ),
  };
}

/** The changes of a sorted set that matter to some members; all where none names one of them. */
function changesTo(run: RunView, key: string, members: readonly string[]): CommandNote[] {
  const changes = changesOf(run, key);
  const named = changes.filter(
    ({ command }) =>
      !/^(?:ZADD|ZINCRBY) /.test(command) || members.some((member) => command.split(' ').includes(member)),
  );
  return named.length > 0 ? named : changes;
}

/**
 * The states from which a script may have begun its work on a sorted set of database 0: what the set-up left,
 * and, last, what was there when the script had run the challenge's set-up again by itself, over what was
 * there or in its place.
 */
export function boardStarts(run: RunView, key: string): Board[] {
  const before = boardOf(run.keyBefore(key));
  const main = boardOf(run.keyOfMainSetup(key));
  if (main.size === 0 || isDeepStrictEqual(before, main) || !wroteAll(run, key, main)) return [before];
  mustKnow(run, aboutKey(key));
  const cleared = run.commands.some(
    ({ name, args }) =>
      name === 'FLUSHALL' || name === 'FLUSHDB' || (/^(?:DEL|UNLINK)$/.test(name) && args.includes(key)),
  );
  return [before, new Map([...before, ...main]), ...(cleared ? [main] : [])];
}

function wroteAll(run: RunView, key: string, board: Board): boolean {
  const written = run.commands.flatMap((command) => writtenScores(command, key));
  return [...board].every(([member, score]) =>
    written.some((entry) => entry.member === member && toScore(entry.score ?? '') === score),
  );
}

interface WrittenScore {
  member: string | null;
  score: string | null;
}

/** The options of ZADD that stand before its scores. */
const ZADD_OPTION = /^(?:NX|XX|GT|LT|CH|INCR)$/i;

/** The scores that ZADD gives to members of a sorted set in database 0; none where it adds to a score. */
export function writtenScores({ name, args, db }: TracedCommand, key: string): WrittenScore[] {
  if (name !== 'ZADD' || db !== 0 || args[0] !== key || addsUp({ name, args })) return [];
  const start = args.findIndex((arg, index) => index > 0 && !ZADD_OPTION.test(arg ?? ''));
  const pairs = start === -1 ? [] : args.slice(start);
  return pairs.flatMap((score, index) =>
    index % 2 === 0 ? [{ score, member: pairs[index + 1] ?? null }] : [],
  );
}

/** True for a command that adds to the score of one member: ZINCRBY, and ZADD with INCR. */
export function addsUp({ name, args }: Pick<TracedCommand, 'name' | 'args'>): boolean {
  if (name === 'ZINCRBY') return true;
  const end = args.findIndex((arg, index) => index > 0 && !ZADD_OPTION.test(arg ?? ''));
  return name === 'ZADD' && args.slice(1, end).some((arg) => arg?.toUpperCase() === 'INCR');
}
