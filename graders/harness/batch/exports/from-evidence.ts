import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeOutputFile } from '../../base/output-file.ts';
import { packageVersion } from '../../base/project.ts';
import { htmlFormat } from '../../reports/formats/html.ts';
import { loadEvidence } from '../evidence-store.ts';
import { layout } from '../layout.ts';
import { type BatchRecord, recordKey } from '../record.ts';
import type { BatchResults } from '../results.ts';
import { ownCommands } from './own-commands.ts';

/** The longest evidence that goes into a page, in bytes of JSON: a browser would have to hold it, too. */
const LONGEST_ON_A_PAGE = 32 * 1024 * 1024;

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
  const all = new Map<string, FromEvidence>();
  // One after the other: the evidence of one may be large.
  for (const record of records) {
    const key = recordKey(record);
    const digest = digestOf(record);
    const old = before.get(key);
    const isMade = old?.digest === digest && existsSync(pagePath(out, record));
    all.set(key, isMade ? old : { digest, commands: await writePage(out, record) });
  }
  if (records.length > 0) await writeOutputFile(madePath(out), JSON.stringify([...all]));
  return all;
}

/** Resolves with the commands of the record. */
async function writePage(out: string, record: BatchRecord): Promise<string[] | null> {
  const evidence = record.evidence === null ? null : await readableEvidence(out, record.evidence);
  // A page is of the time when it was graded: the same record gives the same page, whenever it is written.
  const context = { now: new Date(record.finishedAt), environment: {}, commitDate: null, root: null };
  const path = pagePath(out, record);
  for (const file of htmlFormat.files([{ report: record.report, evidence }], path, context))
    await writeOutputFile(file.path, file.content);
  return evidence && ownCommands(evidence);
}

async function readableEvidence(out: string, name: string) {
  try {
    return await loadEvidence(out, name, LONGEST_ON_A_PAGE);
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
