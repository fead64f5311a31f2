/** How much of a long trace the page shows: its first and last commands, and those that matter. */
export const TRACE_SHOWN = { head: 2_000, tail: 500 } as const;

/** A command that is shown, by its index in the trace, or how many in its place are not. */
export type ShownCommand = { index: number } | { hidden: number };

/** Which commands of a trace are shown. */
export function shownCommands(total: number, marked: ReadonlySet<number>): ShownCommand[] {
  const shown: ShownCommand[] = [];
  let hidden = 0;
  for (let index = 0; index < total; index += 1) {
    if (index >= TRACE_SHOWN.head && index < total - TRACE_SHOWN.tail && !marked.has(index)) {
      hidden += 1;
      continue;
    }
    if (hidden > 0) shown.push({ hidden });
    hidden = 0;
    shown.push({ index });
  }
  return shown;
}
