import type { Evidence } from '../../evidence/evidence.ts';
import type { Check, Grader } from '../grader.ts';
import { sumOf } from '../points.ts';
import type { HintPolicy } from './policy.ts';

/** How many hints beyond the first were taken, by the id of the check. */
export type HintsTaken = NonNullable<Evidence['hints']>;

/** How many hints of a check beyond the first were taken, at most as many as there are. */
export function takenOf(check: Check, taken: HintsTaken | undefined): number {
  const found = taken && Object.hasOwn(taken, check.id) ? (taken[check.id] ?? 0) : 0;
  return Math.max(0, Math.min(found, check.hints.length - 1));
}

/** The points that a check which passed is worth when hints of it were taken: never less than none. */
export function worthOf({ hints }: Grader, check: Check, taken: HintsTaken | undefined): number {
  return Math.max(0, sumOf([check.points, -takenOf(check, taken) * costOf(hints)]));
}

/** The points that each hint beyond the first costs; 0 where they are free, or there are none. */
export function costOf(policy: HintPolicy | undefined): number {
  return typeof policy === 'object' ? policy.cost : 0;
}
