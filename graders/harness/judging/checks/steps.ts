import { TRANSACTION_ENDS } from '../../evidence/command-name.ts';
import type { RunView } from './run-view.ts';
import type { TracedCommand } from './traced-command.ts';

/**
 * The commands of a run by steps: nothing that another client sends comes between the commands of one step.
 * A step is a command by itself, a command that runs a Lua script with what that ran, or the commands of a
 * transaction without its MULTI and EXEC. In the order in which the steps began.
 */
export function stepsOf(run: RunView): TracedCommand[][] {
  const steps: TracedCommand[][] = [];
  const transactions = new Map<string | undefined, TracedCommand[]>();
  let latest: TracedCommand[] | undefined;
  for (const command of run.commands) {
    if (command.lua) {
      latest?.push(command);
      continue;
    }
    const client = run.clientOf(command);
    if (TRANSACTION_ENDS.has(command.name)) {
      transactions.delete(client);
      continue;
    }
    const open = transactions.get(client);
    const step = open ?? [];
    if (!open) steps.push(step);
    if (command.name === 'MULTI') transactions.set(client, step);
    else step.push(command);
    latest = step;
  }
  return steps.filter((step) => step.length > 0);
}
