import { packageVersion } from '../base/project.ts';
import { count } from '../base/text/count.ts';
import { printable } from '../base/text/printable.ts';
import type { Collection } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { Journal, readJournal } from './journal.ts';
import { keepResults } from './keep-results.ts';
import { layout } from './layout.ts';
import { lockBatch } from './lock.ts';
import { type BatchManifest, readManifest, writeManifest } from './manifest.ts';
import { type BatchRecord, recordKey } from './record.ts';
import { type Change, type Regraded, regrade } from './regrade.ts';
import { resultsOf } from './results.ts';

/**
 * Judges the kept evidence of a batch with today's graders, and keeps what came of it; a dry run changes nothing.
 * Throws UsageError where `out` holds no batch, or its graders cannot be loaded.
 */
export async function regradeBatch(out: string, collection: Collection, isDry: boolean): Promise<Regraded[]> {
  // Only a folder that holds a batch is kept; what it holds may have changed until it is.
  await readManifest(out);
  if (!isDry) await lockBatch(out);
  const manifest = await readManifest(out);
  const graders = await Promise.all(manifest.challenges.map(({ id }) => loadGrader(id, collection)));
  const byId = new Map(graders.map((grader) => [grader.id, grader]));
  const records = inOrder(manifest, await readJournal(layout(out).journal));
  const regraded: Regraded[] = [];
  // One after the other: the evidence of one may be large.
  for (const record of records) {
    const grader = byId.get(record.challenge);
    regraded.push(grader ? await regrade(out, record, grader) : { record, change: null, fault: null });
  }
  if (!isDry) {
    await keep(out, records, regraded);
    const challenges = graders.map(({ id, title, points }) => ({ id, title, points }));
    const today = { ...manifest, challenges, grader: packageVersion() };
    await writeManifest(out, today);
    const now = regraded.map(({ record }) => record);
    await keepResults(out, resultsOf(today, now));
  }
  return regraded;
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

/** Who gained, who lost, and why; for the person who waited. */
export function describeRegraded(regraded: readonly Regraded[], isDry: boolean): string {
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
