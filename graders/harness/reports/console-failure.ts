import { type Color, type Colors, paint } from '../base/text/styles.ts';
import { wrapText } from '../base/text/wrap.ts';
import { type DetailRow, failureDetails } from '../judging/report/failure-details.ts';
import type { CheckReport } from '../judging/report/report.ts';

const INDENT = '    ';
/** Columns of the labels (`expected`, `found`, `line 12`). */
const LABEL = 10;

/** What stands below the title of a check that did not pass, at most `width` columns wide. */
export function failureLines(check: CheckReport, width: number, style: Colors): string[] {
  return detailLines(failureDetails(check), width, style);
}

/** Parts of why a check did not pass, at most `width` columns wide. */
export function detailLines(rows: readonly DetailRow[], width: number, style: Colors): string[] {
  // However narrow the terminal is, there is some room.
  const room = Math.max(10, width - INDENT.length - LABEL);
  return rows.flatMap((row) => {
    if (row.kind === 'skipped') return wrapText(row.text, width - 2).map((line) => `  ${style.dim(line)}`);
    return labelled(row.label, rowLines(row, room, style), style);
  });
}

function rowLines({ kind, text }: DetailRow, room: number, style: Colors): string[] {
  // What is broken is set in, so that each command can be told apart.
  if (kind === 'command') return paint(wrapText(text, room, 2), style.cyan);
  if (kind === 'effect') {
    return wrapText(text, room - 2).map((line, index) => `${index === 0 ? '→' : ' '} ${line}`);
  }
  const colors: Partial<Record<DetailRow['kind'], Color>> = {
    expected: style.green,
    found: style.red,
    hint: style.yellow,
  };
  return paint(wrapText(text, room), colors[kind]);
}

/** Lines beside a label. */
function labelled(label: string, lines: readonly string[], style: Colors): string[] {
  return lines.map((line, index) =>
    index === 0 && label !== ''
      ? `${INDENT}${style.dim(label.padEnd(LABEL - 1))} ${line}`
      : line && INDENT + ' '.repeat(LABEL) + line,
  );
}
