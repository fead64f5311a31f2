// What a `<challenge>.checks.ts` may import, in other repositories as `keyspace-grader/checks`.
export { type CommandNote, type Failure, type Finding, PASS } from './checks/finding.ts';
export type { PlacedKey } from './checks/keyspace-index.ts';
export type { RunView } from './checks/run-view.ts';
export type { TracedCommand } from './checks/traced-command.ts';
export type { CustomChecks } from './grader/grader.ts';
export { printable, show, showArgument } from './text/printable.ts';
