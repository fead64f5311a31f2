import { count } from '../../base/text/count.ts';
import { printable, showArgument } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import { wrapText } from '../../base/text/wrap.ts';
import { commandNameOf } from '../../evidence/command-name.ts';
import type { RunEvidence, TraceEntry } from '../../evidence/evidence.ts';
import { neverRun } from '../../evidence/never-run.ts';

/** Commands that are shown. */
const LIMIT = 1_000;
/** Arguments of one that are shown. */
const ARGUMENTS = 200;
/** Columns of the labels. */
const LABEL = 10;

/** The commands that the server ran and those that it did not run, for a learner to look at, in lines of that width. */
export function traceLines(
  { trace, denied, refused = [] }: RunEvidence,
  width: number,
  style: Colors,
): string[] {
  const shown = trace.entries.slice(0, LIMIT);
  const left = trace.total - shown.length;
  const lines = shown.flatMap((entry) => commandLines(entry, width, style));
  return [
    ...(trace.total === 0 ? ['The server ran no command.'] : lines),
    ...(left > 0 ? [style.dim(`… and ${count(left, 'more command')}`)] : []),
    ...denied.map(({ command, count: times }) => style.red(`denied    ${timesOf(command, times)}`)),
    ...neverRun(denied, refused).map(({ command, count: times }) =>
      style.red(`refused   ${timesOf(command, times)}`),
    ),
  ];
}

function timesOf(command: string, times: number): string {
  return `${printable(commandNameOf(command))}, ${count(times, 'time')}`;
}

function commandLines(entry: TraceEntry, width: number, style: Colors): string[] {
  const { line, args, source, db } = entry;
  const label = source === 'lua' ? 'in Lua' : line === null ? '' : `line ${line}`;
  const words = args.slice(0, ARGUMENTS).map((arg) => showArgument(arg));
  const more = Math.max(args.length, entry.arguments ?? 0) - words.length;
  const command = [...words, ...(more > 0 ? [`… and ${more} more`] : [])].join(' ');
  const shown = command + (db === 0 ? '' : `  (database ${db})`);
  // Set in, so that each command can be told apart.
  return wrapText(shown, width - LABEL, 2).map(
    (part, index) => `${style.dim((index === 0 ? label : '').padEnd(LABEL))}${style.cyan(part)}`,
  );
}
