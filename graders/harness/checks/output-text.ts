import { printableLines } from '../text/printable.ts';
import type { Schema } from './check.ts';
import type { RunView } from './run-view.ts';

/** The parameter of every check that reads what the script printed. */
export interface StreamParam {
  stream?: 'stdout' | 'stderr';
}

export const STREAM_PROPERTIES: Record<string, Schema> = {
  stream: { enum: ['stdout', 'stderr'], description: 'Which stream; stdout where it is left out.' },
};

/** What the script printed. The replies of a command file count as its output. */
export function outputOf(run: RunView, { stream = 'stdout' }: StreamParam): string {
  return run.run.process[stream].text;
}

/** The output as a failed check shows it: the first lines, safe to print. */
export function describeOutput(output: string): string {
  if (output.trim() === '') return 'nothing was printed';
  const lines = printableLines(output.trim()).split('\n');
  const shown = lines.slice(0, 8).map((line) => (line.length > 100 ? `${line.slice(0, 99)}…` : line));
  return (
    shown.join('\n') + (lines.length > shown.length ? `\n… ${lines.length - shown.length} more lines` : '')
  );
}

/** True where an item stands in the output as a word of its own: `7` is not found in `17` or in `7.5`. */
export function hasItem(output: string, item: string): boolean {
  const escaped = item.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}_:.-])${escaped}(?![\\p{L}\\p{N}_:-]|\\.\\p{N})`, 'u').test(output);
}
