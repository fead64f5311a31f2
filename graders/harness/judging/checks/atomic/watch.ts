import { TRANSACTION_ENDS } from '../../../evidence/command-name.ts';
import type { Step } from '../../../evidence/evidence.ts';
import type { RunView } from '../run-view.ts';
import type { TracedCommand } from '../traced-command.ts';

/** The first WATCH of a key of database 0 by the connection of a step that still held when it ran. */
export function watchBefore(run: RunView, step: Step, key: string): TracedCommand | undefined {
  const first = run.commands[step.entry];
  if (!first) return undefined;
  const source = run.clientOf(first);
  let watch: TracedCommand | undefined;
  for (const command of run.commands.slice(0, step.entry)) {
    if (run.clientOf(command) !== source) continue;
    if (TRANSACTION_ENDS.has(command.name) || command.name === 'UNWATCH') watch = undefined;
    // A key of the same name in another database is another key.
    else if (command.name === 'WATCH' && command.db === 0 && command.args.includes(key)) watch ??= command;
  }
  return watch;
}
