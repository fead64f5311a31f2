import { shortList } from '../../base/text/count.ts';
import { changesOf } from './effects.ts';
import type { Failure } from './finding.ts';
import type { RunView } from './run-view.ts';

/** The failure of a set that lacks some members and has some too many. Members are told as shown. */
export function membersFailure(
  run: RunView,
  key: string,
  expected: readonly string[],
  actual: readonly string[],
): Failure {
  const [wanted, found] = [new Set(expected), new Set(actual)];
  const missing = expected.filter((member) => !found.has(member));
  const extra = actual.filter((member) => !wanted.has(member));
  const parts = [
    ...(missing.length > 0 ? [`missing: ${shortList(missing)}`] : []),
    ...(extra.length > 0 ? [`too many: ${shortList(extra)}`] : []),
  ];
  return {
    passed: false,
    expected: shortList(expected, 12),
    // Where all look alike, they differ in what is not shown of them.
    actual: parts.length > 0 ? parts.join('; ') : shortList(actual, 12),
    commands: changesOf(run, key),
  };
}
