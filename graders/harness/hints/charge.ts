import type { Check, Grader } from '../grader/grader.ts';
import { sumOf } from '../grader/points.ts';
import { costOf } from './policy.ts';
import type { HintsTaken } from './taken.ts';

/** How many hints of a check beyond the first were taken, at most as many as there are. */
export function takenOf(check: Check, taken: HintsTaken | undefined): number {
  const found = taken && Object.hasOwn(taken, check.id) ? (taken[check.id] ?? 0) : 0;
  return Math.max(0, Math.min(found, check.hints.length - 1));
}

/** The points that a check which passed is worth when hints of it were taken: never less than none. */
export function worthOf({ hints }: Grader, check: Check, taken: HintsTaken | undefined): number {
  return Math.max(0, sumOf([check.points, -takenOf(check, taken) * costOf(hints)]));
}
