// What a `<challenge>.checks.ts` may import, in other repositories as `keyspace-grader/checks`.

export { printable, show, showArgument } from '../base/text/printable.ts';
export { type CommandNote, type Failure, type Finding, PASS } from '../judging/checks/finding.ts';
export { matchesLine, matchesValue } from '../judging/checks/grader-pattern.ts';
export type { PlacedKey } from '../judging/checks/keyspace-index.ts';
export type { RunView } from '../judging/checks/run-view.ts';
export type { TracedCommand } from '../judging/checks/traced-command.ts';
export type { CustomChecks } from '../judging/grader.ts';
