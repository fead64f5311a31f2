import { toBuffer } from './bytes.ts';
import type { CommandReply, TraceEntry } from './evidence.ts';

/**
 * Tells each command of the trace the line of the command file on which it stands. The file's commands run
 * in order over one connection, and those that the server refused are not in the trace: the trace is what
 * remains when some replies are left out.
 */
export function assignLines(entries: readonly TraceEntry[], replies: readonly CommandReply[]): TraceEntry[] {
  let next = 0;
  return entries.map((entry) => {
    if (entry.source === 'lua') return entry;
    const found = indexFrom(replies, next, (reply) => sameCommand(reply, entry));
    if (found === -1) return entry;
    next = found + 1;
    return { ...entry, line: replies[found]?.line ?? null };
  });
}

function indexFrom<T>(list: readonly T[], start: number, matches: (item: T) => boolean): number {
  for (let index = start; index < list.length; index += 1) if (matches(list[index] as T)) return index;
  return -1;
}

function sameCommand(reply: CommandReply, entry: TraceEntry): boolean {
  return (
    reply.args.length === entry.args.length &&
    reply.args.every((arg, index) => {
      const other = entry.args[index];
      return other !== undefined && toBuffer(arg).equals(toBuffer(other));
    })
  );
}
