import { textOf, type Value } from '../base/bytes.ts';

/** Commands whose first argument is a subcommand. */
const CONTAINERS = new Set([
  'SCRIPT',
  'FUNCTION',
  'OBJECT',
  'CLIENT',
  'XGROUP',
  'XINFO',
  'MEMORY',
  'PUBSUB',
  'COMMAND',
  'ACL',
]);

/**
 * Commands that end the transaction of their connection, and release what it watches: RESET and QUIT do not
 * wait for EXEC, as other commands do behind MULTI.
 */
export const TRANSACTION_ENDS: ReadonlySet<string> = new Set(['EXEC', 'DISCARD', 'RESET', 'QUIT']);

/** True for a command whose name goes on in its first argument: `SCRIPT LOAD`. `name` is in upper case. */
export function hasSubcommand(name: string): boolean {
  return CONTAINERS.has(name);
}

/** The name of a command of the trace: upper case, with its subcommand where it has some. */
export function commandName([name, second]: readonly Value[]): string {
  const first = (textOf(name) ?? '').toUpperCase();
  const sub = hasSubcommand(first) ? textOf(second) : undefined;
  return sub === undefined ? first : `${first} ${sub.toUpperCase()}`;
}

/** The name of a command as {@link commandName} has it, of one as INFO, ACL LOG and COMMAND name it: `config|set`. */
export function commandNameOf(name: string): string {
  return name.replace('|', ' ').toUpperCase();
}
