import { showArgument } from '../../base/text/printable.ts';
import type { RunView } from '../checks/run-view.ts';
import type { Check, Grader } from '../grader.ts';
import type { CheckReport } from './report.ts';

/**
 * Why a check has nothing to judge yet: another one must pass first, or there is no Lua script to call. Undefined where
 * it has. `judged` are the checks before it, `views` the runs by their variants.
 */
export function nothingToJudge(
  grader: Grader,
  { needs, variant }: Check,
  judged: readonly CheckReport[],
  views: ReadonlyMap<string | null, RunView>,
): string | undefined {
  const unmet = needs.find((need) => judged.find(({ id }) => id === need)?.status !== 'passed');
  if (unmet !== undefined)
    return `needs “${grader.checks.find(({ id }) => id === unmet)?.title ?? unmet}” first`;
  const { calls } = grader.variants.find(({ id }) => id === variant) ?? {};
  const run = views.get(variant)?.evidence;
  if (!calls || !run || run.lost !== null || (run.replies ?? []).length > 0) return undefined;
  return `there is no Lua script to call yet: none was called by EVAL, EVALSHA or FCALL with the key ${showArgument(calls.calledOn)} and as many arguments`;
}
