import { isCut, type Value } from '../base/bytes.ts';
import type { CommandReply, Trace, TraceEntry } from './evidence.ts';

/**
 * Tells each command of a trace the line of the command file on which it stands. The file's commands run in
 * order over one connection, and those that the server refused are not in the trace: the trace is what remains
 * when some replies are left out. Where commands of the file were left out of the trace, those behind them have
 * a line only if it is the only one with this command.
 */
export function assignLines({ entries, leftOut }: Trace, replies: readonly CommandReply[]): TraceEntry[] {
  const isWhole = leftOut === undefined || ownCommands(leftOut) === 0;
  const gap = isWhole ? -1 : entries.findIndex(({ skipped }) => skipped !== undefined);
  const known = gap === -1 ? entries : entries.slice(0, gap);
  return [...inOrder(known, replies), ...unmistakable(entries.slice(known.length), replies)];
}

function ownCommands({ commands, lua }: NonNullable<Trace['leftOut']>): number {
  return Object.values(commands).reduce((sum, number) => sum + number, 0) - lua;
}

function inOrder(entries: readonly TraceEntry[], replies: readonly CommandReply[]): TraceEntry[] {
  const places = new Map<string, number[]>();
  // From the last to the first: the next one is then taken from the end.
  for (const [back, { args }] of replies.toReversed().entries()) {
    const id = commandId(args);
    const found = places.get(id);
    if (found) found.push(replies.length - 1 - back);
    else places.set(id, [replies.length - 1 - back]);
  }
  let next = 0;
  return entries.map((entry) => {
    if (entry.source === 'lua') return entry;
    const same = places.get(commandId(entry.args)) ?? [];
    while ((same.at(-1) ?? next) < next) same.pop();
    const found = same.pop();
    if (found === undefined) return entry;
    next = found + 1;
    return { ...entry, line: replies[found]?.line ?? null };
  });
}

function unmistakable(entries: readonly TraceEntry[], replies: readonly CommandReply[]): TraceEntry[] {
  if (entries.length === 0) return [];
  const lines = new Map<string, number | null>();
  for (const { args, line } of replies) {
    const id = JSON.stringify(args);
    lines.set(id, lines.has(id) ? null : line);
  }
  return entries.map((entry) =>
    entry.source === 'lua' ? entry : { ...entry, line: lines.get(JSON.stringify(entry.args)) ?? null },
  );
}

/** The same for the same command: of values that were cut, only what is there counts. */
function commandId(args: readonly Value[]): string {
  return JSON.stringify(args.map((arg) => (isCut(arg) ? arg.head : arg)));
}
