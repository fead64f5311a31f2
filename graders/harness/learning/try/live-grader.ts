import type { Check, Grader } from '../../judging/grader.ts';

/** The language as which commands that are typed are judged. */
export const TYPED_LANGUAGE = 'command-file';

/**
 * The part of a grader that can be judged while somebody types: without the checks that are judged in a run on
 * other data, and without those that need them. What must hold in other runs, too, is judged by this one.
 */
export function liveGrader(grader: Grader): Grader {
  const elsewhere = new Set(
    grader.variants
      .filter(({ exceptLanguages }) => !exceptLanguages.includes(TYPED_LANGUAGE))
      .map(({ id }) => id),
  );
  const left = new Set<string>();
  const checks: Check[] = [];
  for (const check of grader.checks) {
    const isOut =
      (check.variant !== null && elsewhere.has(check.variant)) || check.needs.some((need) => left.has(need));
    if (isOut) left.add(check.id);
    else checks.push({ ...check, alsoIn: [] });
  }
  return { ...grader, checks, points: checks.reduce((sum, { points }) => sum + points, 0) };
}
