import { count } from '../../base/text/count.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Grader } from '../grader.ts';
import { costOf, takenOf } from '../hints/charge.ts';
import { sumOf } from '../points.ts';

/** What the hints that were taken cost, for the learner; nothing where they are free. */
export function hintNotes(grader: Grader, { hints }: Evidence): string[] {
  const cost = costOf(grader.hints);
  if (cost === 0) return [];
  return grader.checks.flatMap((check) => {
    const taken = takenOf(check, hints);
    if (taken === 0) return [];
    const price = Math.min(check.points, sumOf([taken * cost]));
    return [
      `${count(taken, 'further hint')} taken for “${check.title}”: ${count(price, 'point')} less when it passes.`,
    ];
  });
}
