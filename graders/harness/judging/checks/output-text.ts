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

/**
 * What the script printed to the stream that is looked at, as a failed check shows it: the first lines, safe to print.
 * Where there is nothing, it tells what went to the other one.
 */
export function describeOutput(run: RunView, parameters: StreamParam): string {
  const { stream = 'stdout' } = parameters;
  const text = describeText(outputOf(run, parameters));
  if (text !== null) return text;
  const other = stream === 'stdout' ? 'stderr' : 'stdout';
  const elsewhere = describeText(outputOf(run, { stream: other }));
  if (elsewhere !== null) return `nothing on ${stream}; on ${other}:\n${elsewhere}`;
  const isEmpty = run.evidence.process.stdout.bytes + run.evidence.process.stderr.bytes === 0;
  return isEmpty ? 'nothing was printed' : 'nothing was printed but empty lines';
}

/** The first lines of an output; null where there is nothing that could be read. */
function describeText(output: string): string | null {
  if (output.trim() === '') return null;
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

/** So many numbers counted off one after the other tell nothing any more. */
const COUNTED_OFF = 6;
/** So many numbers, whatever they are, with the same between them. */
const LISTED = 25;

/**
 * The output without numbers that are counted off, `seq 1 100`: whoever prints them all has told none. Those are rows of
 * numbers with the same text between any two, which go up or down by steps of one size, or are very many.
 */
export function withoutCountedOff(output: string): string {
  const numbers = [...output.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({
    value: Number(digits),
    from: index,
    to: index + digits.length,
  }));
  const gap = (at: number) => output.slice(numbers[at - 1]?.to, numbers[at]?.from);
  const step = (at: number) => (numbers[at]?.value ?? 0) - (numbers[at - 1]?.value ?? 0);
  const dropped = new Set<number>();
  /** Drops rows of numbers that go on as long as `goesOn` says so of the next one. */
  const drop = (least: number, goesOn: (at: number) => boolean) => {
    let start = 0;
    for (let at = 1; at <= numbers.length; at += 1) {
      if (at < numbers.length && (at === start + 1 || goesOn(at))) continue;
      if (at - start >= least) for (let one = start; one < at; one += 1) dropped.add(one);
      start = at - 1;
    }
  };
  drop(COUNTED_OFF, (at) => step(at) !== 0 && step(at) === step(at - 1) && gap(at) === gap(at - 1));
  drop(LISTED, (at) => gap(at) === gap(at - 1));
  if (dropped.size === 0) return output;
  let kept = '';
  let end = 0;
  for (const [index, { from, to }] of numbers.entries()) {
    if (dropped.has(index)) {
      kept += output.slice(end, from);
      end = to;
    }
  }
  return kept + output.slice(end);
}

/** The output without the numbers that valkey-cli puts before the elements of lists: `7) "han"`. */
export function withoutListNumbers(output: string): string {
  return output.replace(/^(?: *\d+\) )+/gm, '');
}
