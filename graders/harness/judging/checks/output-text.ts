import { stripVTControlCharacters } from 'node:util';
import { count } from '../../base/text/count.ts';
import { printableLines } from '../../base/text/printable.ts';
import { oneOf, optional } from './parameters.ts';
import type { RunView } from './run-view.ts';

/** The parameter of every check that reads what the script printed. */
export const STREAM = {
  stream: optional(
    oneOf(['stdout', 'stderr'], { description: 'Which stream; stdout where it is left out.' }),
  ),
};

interface StreamParam {
  stream?: 'stdout' | 'stderr';
}

/**
 * What the script printed, as it stands there to be read: without the sequences that colour it or name the window. The
 * replies of a command file count as its output.
 */
export function outputOf(run: RunView, { stream = 'stdout' }: StreamParam): string {
  return stripVTControlCharacters(run.evidence.process[stream].text);
}

/** The output as a failed check shows it: the first lines, safe to print. */
export function describeOutput(output: string): string {
  if (output.trim() === '') return 'nothing was printed';
  const lines = printableLines(output.trim()).split('\n');
  const shown = lines.slice(0, 8).map(cutLine);
  return (
    shown.join('\n') +
    (lines.length > shown.length ? `\n… ${count(lines.length - shown.length, 'more line')}` : '')
  );
}

/** A line cut to a length that can be read. */
export function cutLine(line: string): string {
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}

/** The output without the numbers that valkey-cli puts before the elements of lists: `7) "han"`. */
export function withoutListNumbers(output: string): string {
  return output.replace(/^(?: *\d+\) )+/gm, '');
}
