import { writeResults } from '../batch/exports/write-results.ts';
import { Journal, readJournal } from '../batch/journal.ts';
import { layout } from '../batch/layout.ts';
import { readManifest, writeManifest } from '../batch/manifest.ts';
import { type Change, regrade } from '../batch/regrade.ts';
import { resultsOf } from '../batch/results.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { loadGrader } from '../grader/load.ts';
import { inParallel } from '../in-parallel.ts';
import { packageVersion } from '../project.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';
import { write } from './stdout.ts';

export interface RegradeOptions extends CollectionChoice {
  dryRun?: boolean;
}

/** How many files of evidence are read at a time. */
const AT_A_TIME = 16;

/** `keyspace-grader regrade`: judges the kept evidence of a batch with today's graders. */
export async function regradeCommand(out: string, options: RegradeOptions): Promise<number> {
  const manifest = await readManifest(out);
  const collection = await collectionToGradeWith(options);
  const graders = await Promise.all(manifest.challenges.map(({ id }) => loadGrader(id, collection)));
  const byId = new Map(graders.map((grader) => [grader.id, grader]));
  const records = await readJournal(layout(out).journal);
  const regraded = await inParallel(records, AT_A_TIME, async (record) => {
    const grader = byId.get(record.challenge);
    return grader ? regrade(out, record, grader) : { record, change: null };
  });
  const changes = regraded.flatMap(({ change }) => change ?? []);
  if (!options.dryRun) {
    const { journal } = await Journal.open(layout(out).journal);
    for (const { record, change } of regraded) if (change) await journal.append(record);
    await journal.close();
    const challenges = graders.map(({ id, title, points }) => ({ id, title, points }));
    const today = { ...manifest, challenges, grader: packageVersion() };
    await writeManifest(out, today);
    await writeResults(
      out,
      resultsOf(
        today,
        regraded.map(({ record }) => record),
      ),
    );
  }
  await write(describe(changes, regraded.length));
  return regraded.some(({ record }) => record.report.status === 'error')
    ? ExitCode.infrastructure
    : ExitCode.passed;
}

function describe(changes: readonly Change[], total: number): string {
  const by = (sign: number) => changes.filter((change) => Math.sign(gain(change)) === sign);
  const lines = [
    ...group('Gained', by(1)),
    ...group('Lost', by(-1)),
    ...group('The same points, for other reasons', by(0)),
    `${count(total, 'submission')} judged again: ${by(1).length} gained, ${by(-1).length} lost, ${total - changes.length} as before`,
  ];
  return `\n${lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}\n`;
}

function gain({ before, after }: Change): number {
  return (after ?? 0) - (before ?? 0);
}

function group(title: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const points = (score: number | null) => (score === null ? 'not graded' : String(score));
  return [
    title,
    ...changes.flatMap(({ submission, challenge, before, after, reasons }) => [
      `  ${printable(submission)}  ${challenge}  ${points(before)} → ${points(after)}`,
      ...reasons.map((reason) => `      ${printable(reason)}`),
    ]),
    '',
  ];
}
