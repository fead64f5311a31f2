import { count } from '../../base/text/count.ts';
import { commandNameOf } from '../../evidence/command-name.ts';
import type { RunView } from './run-view.ts';

/**
 * Says that none of some commands ran, and not more than that: a command that was refused before it ran is in no trace.
 * `names` are those that were looked for, in upper case.
 */
export function noneRan(run: RunView, names: ReadonlySet<string>): string {
  const { replies, refused = [] } = run.evidence;
  const namesake = refused.find(({ command, rejected }) => rejected > 0 && names.has(commandNameOf(command)));
  if (namesake) return `the server refused ${commandNameOf(namesake.command)}`;
  if (run.ownCommands.length > 0) return 'no such command ran';
  const times =
    replies?.filter(({ error }) => error).length ?? refused.reduce((sum, { rejected }) => sum + rejected, 0);
  if (times > 0) return `no command ran: the server refused ${count(times, 'command')}`;
  // Clients send some by themselves, and learners may have written these.
  return run.commands.length > 0 ? 'no such command ran' : 'no command ran at all';
}
