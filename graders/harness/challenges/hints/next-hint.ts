import type { Check, Grader } from '../../judging/grader.ts';
import { costOf, takenOf } from '../../judging/hints/charge.ts';
import { HINTS_NAME, readHints, saveHint } from './taken.ts';

/** What a learner has of the hints of a check, and what may still be had. */
export interface HintState {
  check: Check;
  /** The hints that were given: the first, which stands in every report, and those that were taken. */
  given: readonly string[];
  /** How many there are. */
  total: number;
  /** What the next one costs, in points of the check; 0 for nothing. */
  cost: number;
  /** What is wrong with the file of hints, for the learner; null for nothing. */
  problem: string | null;
}

/** Reads what was given of a check's hints. */
export async function hintState(grader: Grader, check: Check, folder: string): Promise<HintState> {
  const { taken, problem } = await readHints(folder, grader.id);
  return {
    check,
    given: check.hints.slice(0, 1 + takenOf(check, taken)),
    total: check.hints.length,
    cost: costOf(grader.hints),
    problem: problem && `${HINTS_NAME} cannot be used, ${problem}: hints begin again.`,
  };
}

/**
 * Takes the next hint, and saves it. Where that cannot be saved it is given all the same, with a word
 * in `problem`, unless it costs points: then UsageError is thrown.
 */
export async function takeHint(grader: Grader, before: HintState, folder: string): Promise<HintState> {
  const { check, given, total } = before;
  if (given.length >= total) return before;
  let { problem } = before;
  try {
    await saveHint(folder, grader.id, check.id, given.length);
  } catch (error) {
    if (before.cost > 0 || !(error instanceof Error)) throw error;
    problem = `The hint is not remembered: ${error.message}`;
  }
  return { ...before, given: check.hints.slice(0, given.length + 1), problem };
}
