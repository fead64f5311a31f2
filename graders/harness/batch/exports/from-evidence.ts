import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeOutputFile } from '../../base/output-file.ts';
import { readTextOf } from '../../base/plain-file.ts';
import { packageVersion } from '../../base/project.ts';
import { page } from '../../reports/formats/html/page.ts';
import { loadEvidence } from '../evidence-store.ts';
import { layout } from '../layout.ts';
import { type BatchRecord, recordKey } from '../record.ts';
import type { BatchResults, ResultRow } from '../results.ts';
import { ownCommands } from './own-commands.ts';
import { nameOf } from './status.ts';

/** The longest evidence that goes into a page, in bytes of JSON: a browser would have to hold it, too. */
const LONGEST_ON_A_PAGE = 32 * 1024 * 1024;

/** What the exports need of the evidence of one record. */
interface FromEvidence {
  /** Tells whether it was made from this very record, of somebody of this name, by this version. */
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
  const records = rows.flatMap((row) =>
    row.cells.flatMap(({ record }) => (record ? [{ record, learner: learnerOf(row) }] : [])),
  );
  const folders = new Set(records.map(({ record }) => dirname(pagePath(out, record))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const all = new Map<string, FromEvidence>();
  // One after the other: the evidence of one may be large.
  for (const { record, learner } of records) {
    const key = recordKey(record);
    const digest = digestOf(record, learner);
    const old = before.get(key);
    const isMade = old?.digest === digest && existsSync(pagePath(out, record));
    all.set(key, isMade ? old : { digest, commands: await writePage(out, record, learner) });
  }
  if (records.length > 0) await writeOutputFile(madePath(out), JSON.stringify([...all]));
  return all;
}

/** Resolves with the commands of the record. */
async function writePage(out: string, record: BatchRecord, learner: string): Promise<string[] | null> {
  const evidence = record.evidence === null ? null : await readableEvidence(out, record.evidence);
  const path = pagePath(out, record);
  const overview = relative(dirname(path), layout(out).file('index.html')).split(sep).join('/');
  // A page is of the time when it was graded: the same record gives the same page, whenever it is written.
  const now = new Date(record.finishedAt);
  await writeOutputFile(path, page([{ report: record.report, evidence }], now, { learner, overview }));
  return evidence && ownCommands(evidence);
}

/** Somebody as the page names them: by what people call them, and by what tells them from others of that name. */
function learnerOf(row: ResultRow): string {
  const [name, identifier] = [nameOf(row), row.learner?.identifier ?? row.id];
  return name === identifier ? name : `${name} (${identifier})`;
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

function digestOf(record: BatchRecord, learner: string): string {
  const made = [packageVersion(), learner, record];
  return createHash('sha256').update(JSON.stringify(made)).digest('base64url');
}

function madePath(out: string): string {
  return join(out, 'reports', '.made.json');
}

async function readMade(out: string): Promise<Map<string, FromEvidence>> {
  try {
    return new Map(JSON.parse(await readTextOf(madePath(out))) as [string, FromEvidence][]);
  } catch {
    // None yet, or it was cut: everything is made anew.
    return new Map();
  }
}
