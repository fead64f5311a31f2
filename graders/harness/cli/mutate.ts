import { cleanUpOnSignals } from '../cleanup.ts';
import { ExitCode } from '../errors.ts';
import { listChallenges, loadGrader } from '../grader/load.ts';
import type { Mutant } from '../mutation/mutant.ts';
import { type MutationResult, mutateGrader } from '../mutation/mutate.ts';
import { prepareTestbed } from '../testbed.ts';
import { printable } from '../text/printable.ts';
import { type Colors, styles, wantsColors } from '../text/styles.ts';
import { write } from './stdout.ts';
import type { VerifyOptions } from './verify.ts';

const COLUMNS = ['mutants', 'killed', 'equivalent', 'survived'] as const;
/** How much of a line of a mutant is shown: a Lua script is one line. */
const LINE_LIMIT = 200;

/** `keyspace-grader verify --mutate`: puts mistakes into right submissions, and shows those that get full marks. */
export async function mutateCommand(challenges: readonly string[], options: VerifyOptions): Promise<number> {
  cleanUpOnSignals();
  const ids = challenges.length > 0 ? challenges : await listChallenges();
  const graders = await Promise.all(ids.map((id) => loadGrader(id)));
  // Hundreds of servers: containers are for those who name them.
  const engine = options.engine === 'auto' && options.sandbox === 'process' ? 'local' : options.engine;
  const bed = await prepareTestbed({ ...options, engine }, (line) => process.stderr.write(`${line}\n`));
  const style = styles(wantsColors(process.stdout, options.color));
  const results: MutationResult[] = [];
  for (const grader of graders) {
    const result = await mutateGrader(grader, bed, options.jobs);
    results.push(result);
    await write(findings(result, style));
  }
  await write(table(results, style));
  return results.every(isProven) ? ExitCode.passed : ExitCode.failed;
}

function isProven({ survivors, problems }: MutationResult): boolean {
  return survivors.length === 0 && problems.length === 0;
}

/** What there is to be done about a challenge; nothing where every mutant is killed or justified. */
function findings(result: MutationResult, style: Colors): string {
  if (isProven(result)) return '';
  const parts = [
    ...result.problems.map((problem) => `    ${style.red(printable(problem))}\n`),
    ...result.survivors.map((mutant) => survivor(mutant, style)),
  ];
  return `\n  ${style.bold(result.challenge)}\n${parts.join('')}`;
}

function survivor({ mutator, fixture, removed, added }: Mutant, style: Colors): string {
  const lines = [
    ...removed.map((line) => style.red(`- ${cut(line)}`)),
    ...added.map((line) => style.green(`+ ${cut(line)}`)),
  ];
  return `    ${mutator} in pass/${printable(fixture)}\n${lines.map((line) => `      ${line}\n`).join('')}`;
}

/** A row for each challenge, and one for all. */
function table(results: readonly MutationResult[], style: Colors): string {
  const rows = results.map((result) => ({
    mark: isProven(result) ? style.green('✓') : style.red('✗'),
    name: result.challenge,
    counts: [result.mutants, result.killed, result.equivalent, result.survivors.length],
  }));
  const total = COLUMNS.map((_, index) => rows.reduce((sum, { counts }) => sum + (counts[index] ?? 0), 0));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`;
  return [
    `\n    ${style.bold(line('', COLUMNS))}`,
    ...rows.map(({ mark, name, counts }) => `  ${mark} ${line(name, counts)}`),
    `    ${line('', total)}\n`,
  ].join('');
}

function cut(line: string): string {
  return line.length <= LINE_LIMIT ? line : `${line.slice(0, LINE_LIMIT)}…`;
}
