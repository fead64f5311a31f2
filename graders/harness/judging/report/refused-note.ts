import { textOf } from '../../base/bytes.ts';
import { shortList } from '../../base/text/count.ts';
import { printable } from '../../base/text/printable.ts';
import type { RunEvidence } from '../../evidence/evidence.ts';

/**
 * Client libraries send these by themselves, and expect that some servers know them not; and EVALSHA before a script
 * is known.
 */
const BY_THEMSELVES = /^(?:hello|auth|info|ping|select|client\|.*|command(?:\|.*)?|evalsha(?:_ro)?)$/;

/** Tells of commands that were answered with an error, beyond those that are told one by one. */
export function refusedNote({ refused = [], replies, denied }: RunEvidence): string | undefined {
  const told = new Map(denied.map(({ command, count }) => [command, count]));
  for (const { args, error } of replies ?? []) {
    if (!error) continue;
    const [name = '', second = ''] = args.slice(0, 2).map((arg) => (textOf(arg) ?? '').toLowerCase());
    for (const command of new Set([name, `${name}|${second}`]))
      told.set(command, (told.get(command) ?? 0) + 1);
  }
  const others = refused.flatMap(({ command, rejected, failed }) => {
    const times = rejected + failed - (told.get(command) ?? 0);
    if (times <= 0 || BY_THEMSELVES.test(command)) return [];
    return [`${times} × ${printable(command.replace('|', ' ').toUpperCase())}`];
  });
  if (others.length === 0) return undefined;
  return `The server refused ${shortList(others)}: a command that it answers with an error does nothing.`;
}
