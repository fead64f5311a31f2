import { printable } from '../../base/text/printable.ts';
import type { Colors } from '../../base/text/styles.ts';
import type { Mutant } from './mutant.ts';
import type { MutationResult } from './mutate.ts';

const COLUMNS = ['mutants', 'killed', 'equivalent', 'survived'] as const;
/** How many characters of a line of a mutant are shown. */
const LINE_LIMIT = 200;

/** True where every mutant is killed or justified, and nothing else is wrong. */
export function isProven({ survivors, problems }: MutationResult): boolean {
  return survivors.length === 0 && problems.length === 0;
}

/** What there is to be done about a challenge; nothing where every mutant is killed or justified. */
export function findings(result: MutationResult, style: Colors): string {
  if (isProven(result)) return '';
  const parts = [
    ...result.problems.map((problem) => `    ${style.red(printable(problem))}\n`),
    ...result.survivors.map((mutant) => survivor(mutant, style)),
  ];
  return `\n  ${style.bold(result.challenge)}\n${parts.join('')}`;
}

function survivor({ mutator, fixture, removed, added }: Mutant, style: Colors): string {
  // Where as many lines came as went, each is another's successor.
  const shared = removed.map((line, index) =>
    removed.length === added.length ? sharedStart(line, added[index] ?? '') : 0,
  );
  const lines = [
    ...removed.map((line, index) => style.red(`- ${cut(line, shared[index] ?? 0)}`)),
    ...added.map((line, index) => style.green(`+ ${cut(line, shared[index] ?? 0)}`)),
  ];
  return `    ${mutator} in pass/${printable(fixture)}\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}

/** A long line cut to where it differs: a Lua script is one line. */
function cut(line: string, shared: number): string {
  if (line.length <= LINE_LIMIT) return line;
  const start = Math.max(0, shared - LINE_LIMIT / 2);
  const part = line.slice(start, start + LINE_LIMIT);
  return `${start > 0 ? '…' : ''}${part}${start + LINE_LIMIT < line.length ? '…' : ''}`;
}

function markOf(result: MutationResult, style: Colors): string {
  if (result.notGradable !== null) return style.dim('–');
  return isProven(result) ? style.green('✓') : style.red('✗');
}

/** A row for each challenge, and one for all. */
export function table(results: readonly MutationResult[], style: Colors): string {
  const rows = results.map((result) => ({
    mark: markOf(result, style),
    name: result.challenge,
    counts: [result.mutants, result.killed, result.equivalent, result.survivors.length],
    notGradable: result.notGradable,
  }));
  const total = COLUMNS.map((_, index) => rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`;
  return [
    `\n    ${style.bold(line('', COLUMNS))}`,
    ...rows.map(({ mark, name, counts, notGradable }) =>
      notGradable === null
        ? `  ${mark} ${line(name, counts)}`
        : `  ${mark} ${name.padEnd(width)}  ${printable(notGradable)}\n`,
    ),
    `    ${line('', total)}\n`,
  ].join('');
}
