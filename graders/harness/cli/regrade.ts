import { Journal, readJournal } from '../batch/journal.ts';
import { keepResults } from '../batch/keep-results.ts';
import { layout } from '../batch/layout.ts';
import { lockBatch } from '../batch/lock.ts';
import { type BatchManifest, readManifest, writeManifest } from '../batch/manifest.ts';
import { type BatchRecord, recordKey } from '../batch/record.ts';
import { type Change, type Regraded, regrade } from '../batch/regrade.ts';
import { resultsOf } from '../batch/results.ts';
import { type CollectionChoice, collectionToGradeWith } from '../collection/choose.ts';
import { ExitCode } from '../errors.ts';
import { loadGrader } from '../grader/load.ts';
import { inParallel } from '../in-parallel.ts';
import { packageVersion } from '../project.ts';
import { write } from '../stdout.ts';
import { count } from '../text/count.ts';
import { printable } from '../text/printable.ts';

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
  if (!options.dryRun) await lockBatch(out);
  const byId = new Map(graders.map((grader) => [grader.id, grader]));
  const records = inOrder(manifest, await readJournal(layout(out).journal));
  const regraded = await inParallel(records, AT_A_TIME, async (record): Promise<Regraded> => {
    const grader = byId.get(record.challenge);
    return grader ? regrade(out, record, grader) : { record, change: null, fault: null };
  });
  if (!options.dryRun) {
    await keep(out, records, regraded);
    const challenges = graders.map(({ id, title, points }) => ({ id, title, points }));
    const today = { ...manifest, challenges, grader: packageVersion() };
    await writeManifest(out, today);
    const now = regraded.map(({ record }) => record);
    await keepResults(out, resultsOf(today, now));
  }
  await write(describe(regraded, options.dryRun === true));
  return regraded.some(({ record, fault }) => fault !== null || record.report.status === 'error')
    ? ExitCode.infrastructure
    : ExitCode.passed;
}

/** The records of a batch in its order, whatever order they came in. Who has gone since is not judged again. */
function inOrder({ submissions, challenges }: BatchManifest, records: readonly BatchRecord[]): BatchRecord[] {
  const byKey = new Map(records.map((record) => [recordKey(record), record]));
  return submissions.flatMap(({ id: submission }) =>
    challenges.flatMap(({ id: challenge }) => byKey.get(recordKey({ submission, challenge })) ?? []),
  );
}

/** Writes down every report that is another one now, be it in its words alone. */
async function keep(out: string, before: readonly BatchRecord[], now: readonly Regraded[]): Promise<void> {
  const { journal } = await Journal.open(layout(out).journal);
  try {
    const other = now.filter(({ record }, index) => !isSame(record, before[index]));
    await Promise.all(other.map(({ record }) => journal.append(record)));
  } finally {
    await journal.close();
  }
}

function isSame(record: BatchRecord, before: BatchRecord | undefined): boolean {
  return JSON.stringify(record.report) === JSON.stringify(before?.report);
}

function describe(regraded: readonly Regraded[], isDry: boolean): string {
  const changes = regraded.flatMap(({ change }) => change ?? []);
  const faults = regraded.filter(({ fault }) => fault !== null);
  const by = (kind: Kind) => changes.filter((change) => kindOf(change) === kind);
  const same = regraded.length - changes.length - faults.length;
  const sums = [
    `${by('gained').length} gained`,
    `${by('lost').length} lost`,
    ...(by('unjudged').length > 0 ? [`${by('unjudged').length} cannot be judged any more`] : []),
    ...(faults.length > 0 ? [`${faults.length} could not be judged again`] : []),
    `${same + by('same').length} with the points they had`,
  ];
  const lines = [
    ...group('Gained', by('gained')),
    ...group('Lost', by('lost')),
    ...group('Cannot be judged any more: run the batch again, which grades these anew', by('unjudged')),
    ...group('The same points, for other reasons', by('same')),
    ...unreadable(faults),
    `${count(regraded.length, 'submission')} judged again: ${sums.join(', ')}`,
    ...(isDry && changes.length > 0 ? ['Nothing was changed: this was a dry run.'] : []),
  ];
  return `\n${lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}\n`;
}

type Kind = 'gained' | 'lost' | 'same' | 'unjudged';

function kindOf({ before, after }: Change): Kind {
  if (after === null) return before === null ? 'same' : 'unjudged';
  const gain = after - (before ?? 0);
  // Zero points are more than no verdict.
  if (gain > 0 || before === null) return 'gained';
  return gain < 0 ? 'lost' : 'same';
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

function unreadable(faults: readonly Regraded[]): string[] {
  if (faults.length === 0) return [];
  return [
    'Could not be judged again, and stay as they were',
    ...faults.flatMap(({ record, fault }) => [
      `  ${printable(record.submission)}  ${record.challenge}`,
      `      ${printable((fault ?? '').split('\n')[0] ?? '')}`,
    ]),
    '',
  ];
}
