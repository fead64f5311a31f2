import { printable, printableLines } from '../text/printable.ts';
import { type Color, type Colors, paint } from '../text/styles.ts';
import { wrapText } from '../text/wrap.ts';
import type { CheckReport, FailureReport } from './report.ts';

const INDENT = '    ';
/** Columns of the labels (`expected`, `found`, `line 12`). */
const LABEL = 10;

/** What stands below the title of a check that did not pass, at most `width` columns wide. */
export function failureLines(
  { status, failure, variant }: CheckReport,
  width: number,
  style: Colors,
): string[] {
  if (failure === null) return [];
  if (status === 'skipped')
    return wrapText(printableLines(failure.actual), width - 2).map((line) => `  ${style.dim(line)}`);
  const room = width - INDENT.length - LABEL;
  const row = (label: string, text: string, color?: Color) =>
    labelled(label, paint(wrapText(printableLines(text), room), color), style);
  return [
    ...(variant ? row('run', `again with other data: ${variant.title}`) : []),
    ...(failure.expected === null ? [] : row('expected', failure.expected, style.green)),
    ...row('found', failure.actual, style.red),
    ...(failure.difference === null ? [] : row('differs', failure.difference)),
    ...failure.commands.flatMap((command) =>
      labelled(place(command), commandLines(command, room, style), style),
    ),
    ...(failure.hint === null ? [] : row(hintLabel(failure), failure.hint, style.yellow)),
  ];
}

type Command = FailureReport['commands'][number];

function place({ line }: Command): string {
  return line === null ? 'ran' : `line ${line}`;
}

/** A command, and below it what it did. What is broken is set in, so that each command can be told apart. */
function commandLines({ command, effect }: Command, room: number, style: Colors): string[] {
  const lines = paint(wrapText(printable(command), room, 2), style.cyan);
  if (effect === null) return lines;
  const done = wrapText(printable(effect), room - 2).map(
    (line, index) => `${index === 0 ? '→' : ' '} ${line}`,
  );
  return [...lines, ...done];
}

function hintLabel({ hints }: FailureReport): string {
  return hints > 1 ? `hint 1/${hints}` : 'hint';
}

/** Lines beside a label. */
function labelled(label: string, lines: readonly string[], style: Colors): string[] {
  return lines.map((line, index) =>
    index === 0
      ? `${INDENT}${style.dim(label.padEnd(LABEL - 1))} ${line}`
      : line && INDENT + ' '.repeat(LABEL) + line,
  );
}
