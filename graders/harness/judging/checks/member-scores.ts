import { isDeepStrictEqual } from 'node:util';
import { textOf } from '../../base/bytes.ts';
import { shortList } from '../../base/text/count.ts';
import { show } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { changesOf } from './effects.ts';
import type { CommandNote, Failure } from './finding.ts';
import { requireInTrace } from './require-in-trace.ts';
import type { RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';
import type { TracedCommand } from './traced-command.ts';

/** The members of a sorted set, each with its score. */
export type MemberScores = ReadonlyMap<string, number>;

/** What a snapshot holds of a sorted set; empty for anything else. */
export function memberScores(key: KeySnapshot | undefined): MemberScores {
  if (key?.type !== 'zset') return new Map();
  return new Map(key.members.map(({ member, score }) => [textOf(member) ?? show(member), toScore(score)]));
}

/** The members from the highest score to the lowest, as ZREVRANGE has them. */
export function ranking(scores: MemberScores): string[] {
  return [...scores]
    .sort(([left, low], [right, high]) => high - low || Buffer.compare(Buffer.from(right), Buffer.from(left)))
    .map(([member]) => member);
}

/** A score as a number: the server writes `inf` for what JavaScript calls Infinity. */
function toScore(text: string): number {
  return Number(text.replace(/inf$/i, 'Infinity'));
}

/** True for scores that differ by no more than the dust of fractions: 12.3 raised by 33.3 is 45.599999999999994. */
export function sameScore(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) < 1e-9;
}

export function sameMemberScores(left: MemberScores, right: MemberScores): boolean {
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

/** How many members with another score are told. */
const SHOWN = 12;

/**
 * The failure of a sorted set that lacks some members, has some too many or some with another score.
 * `wanted` has undefined for a member whose score is of no matter.
 */
export function memberScoresFailure(
  run: RunView,
  key: string,
  wanted: ReadonlyMap<string, number | undefined>,
  found: MemberScores,
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
    ...other.slice(0, SHOWN).map(otherScore),
    ...(other.length > SHOWN ? [`${other.length - SHOWN} more with another score`] : []),
  ];
  return {
    passed: false,
    expected: shortList(
      [...wanted].map((entry) => describeScore(...entry)),
      SHOWN,
    ),
    // Where all look alike, they differ in what is not shown of them.
    actual:
      parts.join('\n') ||
      shortList(
        [...found].map((entry) => describeScore(...entry)),
        SHOWN,
      ),
    commands: changesTo(run, key, new Set([...missing, ...other, ...extra].map(([member]) => member))),
  };
}

/** The changes of a sorted set that matter to some members; all where none names one of them. */
function changesTo(run: RunView, key: string, members: ReadonlySet<string>): CommandNote[] {
  const changes = changesOf(run, key);
  const named = changes.filter(
    ({ command }) =>
      !/^(?:ZADD|ZINCRBY) /.test(command) || command.split(' ').some((word) => members.has(word)),
  );
  return named.length > 0 ? named : changes;
}

/**
 * The states from which a script may have begun its work on a sorted set of database 0: what the set-up left,
 * and, last, what was there when the script had run the challenge's set-up again by itself, over what was
 * there or in its place.
 */
export function startingMemberScores(run: RunView, key: string): MemberScores[] {
  const before = memberScores(run.keyBefore(key));
  const main = memberScores(run.keyOfMainSetup(key));
  if (main.size === 0 || isDeepStrictEqual(before, main) || !wroteAll(run, key, main)) return [before];
  requireInTrace(run, aboutKey(key));
  const cleared = run.commands.some(
    ({ name, args }) =>
      name === 'FLUSHALL' || name === 'FLUSHDB' || (/^(?:DEL|UNLINK)$/.test(name) && args.includes(key)),
  );
  return [before, new Map([...before, ...main]), ...(cleared ? [main] : [])];
}

function wroteAll(run: RunView, key: string, scores: MemberScores): boolean {
  const missing = new Map(scores);
  for (const command of run.commands)
    for (const { member, score } of writtenScores(command, key))
      if (member !== null && missing.get(member) === toScore(score ?? '')) missing.delete(member);
  return missing.size === 0;
}

interface WrittenScore {
  member: string | null;
  score: string | null;
}

/** The options of ZADD that stand before its scores. */
const ZADD_OPTION = /^(?:NX|XX|GT|LT|CH|INCR)$/i;

/** The scores that ZADD gives to members of a sorted set in database 0; none where it adds to a score. */
function writtenScores({ name, args, db }: TracedCommand, key: string): WrittenScore[] {
  if (name !== 'ZADD' || db !== 0 || args[0] !== key || addsUp({ name, args })) return [];
  const start = args.findIndex((arg, index) => index > 0 && !ZADD_OPTION.test(arg ?? ''));
  const pairs = start === -1 ? [] : args.slice(start);
  return pairs.flatMap((score, index) =>
    index % 2 === 0 ? [{ score, member: pairs[index + 1] ?? null }] : [],
  );
}

/** True for a command that adds to the score of one member: ZINCRBY, and ZADD with INCR. */
function addsUp({ name, args }: Pick<TracedCommand, 'name' | 'args'>): boolean {
  if (name === 'ZINCRBY') return true;
  const end = args.findIndex((arg, index) => index > 0 && !ZADD_OPTION.test(arg ?? ''));
  return name === 'ZADD' && args.slice(1, end).some((arg) => arg?.toUpperCase() === 'INCR');
}
