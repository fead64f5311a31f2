import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inParallel } from '../../in-parallel.ts';
import { writeOutputFile } from '../../output-file.ts';
import { packageVersion } from '../../project.ts';
import { htmlFormat } from '../../report/formats/html.ts';
import { loadEvidence } from '../evidence-store.ts';
import { layout } from '../layout.ts';
import { type BatchRecord, recordKey } from '../record.ts';
import type { BatchResults } from '../results.ts';
import { ownCommands } from './own-commands.ts';

/** How many files of evidence are read at a time. */
const AT_A_TIME = 8;

/** What the exports need of the evidence of one record. */
interface FromEvidence {
  /** Tells whether it was made from this very record by this version. */
  digest: string;
  /** The normalised commands; null where no evidence can be read. */
  commands: string[] | null;
}

/** By {@link recordKey}. */
export type AllFromEvidence = ReadonlyMap<string, FromEvidence>;

/**
 * Writes the page of each record, and gives what else is made from evidence. Whatever was made from the same
 * record before is not made again, so that a batch that went on, or was judged again, is quick. Where evidence
 * is gone the page holds the verdicts alone. Throws UsageError where a page cannot be written.
 */
export async function fromEvidence(out: string, { rows }: BatchResults): Promise<AllFromEvidence> {
  const before = await readMade(out);
  const records = rows.flatMap(({ cells }) => cells.flatMap(({ record }) => record ?? []));
  const folders = new Set(records.map((record) => dirname(pagePath(out, record))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const made = await inParallel(records, AT_A_TIME, async (record) => {
    const digest = digestOf(record);
    const old = before.get(recordKey(record));
    if (old?.digest === digest && existsSync(pagePath(out, record))) return old;
    return { digest, commands: await writePage(out, record) };
  });
  const all = new Map(records.map((record, index) => [recordKey(record), made[index] ?? nothing]));
  if (records.length > 0) await writeOutputFile(madePath(out), JSON.stringify([...all]));
  return all;
}

const nothing: FromEvidence = { digest: '', commands: null };

/** Resolves with the commands of the record. */
async function writePage(out: string, record: BatchRecord): Promise<string[] | null> {
  const evidence = record.evidence === null ? null : await readableEvidence(out, record.evidence);
  // A page is of the time when it was graded: the same record gives the same page, whenever it is written.
  const context = { now: new Date(record.finishedAt), environment: {}, commitDate: null };
  const path = pagePath(out, record);
  for (const file of htmlFormat.files([{ report: record.report, evidence }], path, context))
    await writeOutputFile(file.path, file.content);
  return evidence && ownCommands(evidence);
}

async function readableEvidence(out: string, name: string) {
  try {
    return await loadEvidence(out, name);
  } catch {
    // The verdicts stand without it; `regrade` tells of evidence that is gone.
    return null;
  }
}

function pagePath(out: string, { challenge, submission }: BatchRecord): string {
  return join(out, layout(out).page(challenge, submission));
}

function digestOf(record: BatchRecord): string {
  return createHash('sha256').update(packageVersion()).update(JSON.stringify(record)).digest('base64url');
}

function madePath(out: string): string {
  return join(out, 'reports', '.made.json');
}

async function readMade(out: string): Promise<Map<string, FromEvidence>> {
  try {
    return new Map(JSON.parse(await readFile(madePath(out), 'utf8')) as [string, FromEvidence][]);
  } catch {
    // None yet, or it was cut: everything is made anew.
    return new Map();
  }
}
