import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readJournal } from '../batch/journal.ts';
import { type BatchPart, layout } from '../batch/layout.ts';
import { BATCH_VERSION, type BatchManifest } from '../batch/manifest.ts';
import { type BatchRecord, recordKey } from '../batch/record.ts';
import type { BatchResults } from '../batch/results.ts';
import type { BatchSubmission } from '../batch/submission.ts';
import type { CliFolder } from './cli.ts';
import { report } from './report.ts';

export const CHALLENGE = 'sessions/cantina';

/** A record of a submission that passed, unless said otherwise. */
export function record(submission: string, options: Partial<BatchRecord> = {}): BatchRecord {
  return {
    submission,
    challenge: CHALLENGE,
    fingerprint: 'f1',
    attempts: 1,
    report: report(),
    evidence: null,
    finishedAt: '2026-06-01T12:00:00.000Z',
    tookMs: 40,
    ...options,
  };
}

/** A submission that was found below a folder. */
export function submission(id: string, root = '/submissions'): BatchSubmission {
  return { id, learner: null, path: resolve(root, id), commit: null };
}

/** What a batch of these submissions is. */
export function manifest(ids: readonly string[], options: Partial<BatchManifest> = {}): BatchManifest {
  return {
    version: BATCH_VERSION,
    grader: '0.1.0',
    challenges: [{ id: CHALLENGE, title: 'A session for the cantina', points: 3 }],
    settings: { engine: 'local', image: 'valkey', sandbox: 'process', timeout: 30, deadline: null },
    shard: null,
    submissions: ids.map((id) => submission(id)),
    notSubmitted: [],
    faults: [],
    ...options,
  };
}

/** Has a part of a batch's folder kept for the process that `owner` names. */
export async function occupy(out: string, owner: string, part: BatchPart = 'results'): Promise<void> {
  await mkdir(layout(out).lock(part));
  await writeFile(join(layout(out).lock(part), owner), '');
}

/** Command files that differ in what they are worth: the last lines are left out, more of them each time. */
const LINES = [
  'HSET session:han_solo username hsolo species human credits 10000 table booth_7 drinks_ordered 2 last_activity "2025-08-28T13:30:00"',
  'EXPIRE session:han_solo 3600',
  'HGET session:han_solo credits',
  'HGET session:han_solo table',
  'HSET session:han_solo credits 9500 last_activity "2022-08-28T13:45:00"',
  'HGETALL session:han_solo',
  'HEXISTS session:han_solo bounty_on_head',
];

/** Writes the submissions of a class, `s001` and so on, as command files. */
export async function writeClass(folder: CliFolder, count: number, name = 'class'): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const lines = LINES.slice(0, LINES.length - (index % LINES.length));
      return folder.write(`${name}/${studentName(index)}/solution.valkey`, `${lines.join('\n')}\n`);
    }),
  );
}

export function studentName(index: number): string {
  return `s${String(index + 1).padStart(3, '0')}`;
}

/** The call that grades such a class with the local engine. */
export function batchCall(out: string, ...options: string[]): string[] {
  const testbed = ['--engine', 'local', '--sandbox', 'process'];
  return ['batch', CHALLENGE, '--submissions', 'class', '--out', out, ...testbed, ...options];
}

/** What came of a batch, but for what is another one each time it is run: times and attempts. */
export async function comparableResults(out: string): Promise<unknown> {
  const { rows, ...rest } = await readResults(out);
  return {
    ...rest,
    rows: rows.map((row) => ({
      ...row,
      cells: row.cells.map(({ record, ...cell }) => ({ ...cell, record: record && comparable(record) })),
    })),
  };
}

function comparable({ finishedAt, tookMs, attempts, ...rest }: BatchRecord): unknown {
  return { ...rest, report: { ...rest.report, elapsedMs: null } };
}

export async function readResults(out: string): Promise<BatchResults> {
  return JSON.parse(await readFile(layout(out).file('results.json'), 'utf8')) as BatchResults;
}

/** How often each thing was written down as graded, and every record that counts. */
export async function readRecords(
  out: string,
): Promise<{ times: Map<string, number>; records: BatchRecord[] }> {
  const lines = (await readFile(layout(out).journal, 'utf8')).split('\n').filter((line) => line !== '');
  const times = new Map<string, number>();
  for (const line of lines) {
    const key = recordKey(JSON.parse(line) as BatchRecord);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return { times, records: await readJournal(layout(out).journal) };
}

/** Numbers that look random, the same in every run (a linear congruential generator), from 0 to below 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** The path of a file in a test's folder. */
export function at(folder: CliFolder, ...names: string[]): string {
  return join(folder.path, ...names);
}
