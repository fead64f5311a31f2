import { hintFolder } from '../../challenges/hints/folder.ts';
import { hintState } from '../../challenges/hints/next-hint.ts';
import type { Grader } from '../../judging/grader.ts';
import { failedChecks, type LiveOutcome } from './live-grading.ts';
import type { WatchView } from './view.ts';

/** The hints that were given earlier on checks that fail. */
export async function givenHints(
  grader: Grader,
  outcome: LiveOutcome,
  path: string,
): Promise<WatchView['hints']> {
  if (grader.hints === 'off' || outcome.report.submission === null) return new Map();
  const folder = await hintFolder(grader.id, path).catch(() => null);
  // The script was taken away meanwhile: the next verdict says so.
  if (folder === null) return new Map();
  const hints = new Map<string, { further: readonly string[]; total: number }>();
  const failed = failedChecks(outcome);
  for (const check of grader.checks) {
    if (!failed.includes(check.id)) continue;
    const { given, total } = await hintState(grader, check, folder);
    if (given.length > 1) hints.set(check.id, { further: given.slice(1), total });
  }
  return hints;
}
