import { textOf } from '../../base/bytes.ts';
import { shortList } from '../../base/text/count.ts';
import { show } from '../../base/text/printable.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { withoutDust } from './decimal.ts';
import { changesOf } from './effects.ts';
import type { CommandNote, Failure } from './finding.ts';
import { statesOf } from './key-states.ts';
import { type Conditions, describeMatcher, holds } from './matcher.ts';
import type { RunView } from './run-view.ts';

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

/** What the score of a member must be: a number, or what a matcher takes; undefined where it is of no matter. */
export type WantedScore = number | Conditions | undefined;

/** True for a score that is as it must be. */
export function isScore(wanted: WantedScore, score: number): boolean {
  if (typeof wanted === 'object') return holds(wanted, String(score));
  return wanted === undefined || sameScore(score, wanted);
}

/** A member with its score, as reports tell it; the member alone where the score is of no matter. */
export function describeScore(member: string, score: WantedScore): string {
  return score === undefined ? show(member) : `${show(member)} with ${inWords(score)}`;
}

function inWords(score: WantedScore): string {
  return typeof score === 'object' ? describeMatcher(score) : String(score && withoutDust(score));
}

/** How many members with another score are told. */
const SHOWN = 12;

/**
 * The failure of a sorted set that lacks some members, has some too many or some with another score.
 * Each member that is wanted has its score.
 */
export function memberScoresFailure(
  run: RunView,
  key: string,
  wanted: ReadonlyMap<string, WantedScore>,
  found: MemberScores,
): Failure {
  const isWrong = ([member, score]: readonly [string, WantedScore]) => {
    const there = found.get(member);
    return there === undefined || !isScore(score, there);
  };
  const wrong = [...wanted].filter(isWrong);
  const missing = wrong.filter(([member]) => !found.has(member));
  const other = wrong.filter(([member]) => found.has(member));
  const extra = [...found].filter(([member]) => !wanted.has(member));
  const otherScore = ([member, score]: readonly [string, WantedScore]) =>
    `${describeScore(member, found.get(member))}, not ${inWords(score)}`;
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
    commands: changesTo(run, key, new Set([...missing, ...other, ...extra].map(([member]) => member)), [
      ...wanted.keys(),
      ...found.keys(),
    ]),
  };
}

/**
 * The changes of a sorted set that matter to the members in question: those that name others alone do not. All where
 * that leaves none.
 */
function changesTo(
  run: RunView,
  key: string,
  inQuestion: ReadonlySet<string>,
  all: readonly string[],
): CommandNote[] {
  const changes = changesOf(run, key);
  const others = new Set(all.filter((member) => !inQuestion.has(member)));
  const meant = changes.filter(({ command }) => {
    const words = command.split(' ');
    return words.some((word) => inQuestion.has(word)) || !words.some((word) => others.has(word));
  });
  return meant.length > 0 ? meant : changes;
}

/**
 * The states from which a script may have begun its work on a sorted set of database 0: what the set-up left, and, in
 * a variant, what was there when the script had run the challenge's set-up again by itself. That is worked out member
 * by member, since the work may begin before the set-up is through. All of the set-up must have been there, or the outcome
 * was written down.
 */
export function startingMemberScores(run: RunView, key: string): MemberScores[] {
  const before = memberScores(run.keyBefore(key));
  const main = memberScores(run.keyOfMainSetup(key));
  if (run.main === run.evidence || !run.history.knows(key)) return [before];
  const starts = [before];
  let again = new Map(before);
  let missing = new Set(
    [...main].flatMap(([member, score]) => (before.get(member) === score ? [] : [member])),
  );
  const take = () => {
    if (missing.size === 0) starts.push(again);
  };
  let previous = before;
  for (const { state, isWritten } of statesOf(run, key)) {
    const scores = memberScores(state ?? undefined);
    for (const [member, score] of isWritten ? scores : [])
      if (main.get(member) === score && previous.get(member) !== score) {
        again.set(member, score);
        missing.delete(member);
      }
    if (state === null) {
      take();
      again = new Map();
      missing = new Set(main.keys());
    }
    previous = scores;
  }
  take();
  return starts;
}
