import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../base/errors.ts';
import { writeDurably } from '../base/output-file.ts';
import { readNamedFile, UnreadableFileError } from '../base/plain-file.ts';
import { Journal, readJournal } from './journal.ts';
import { keepResults } from './keep-results.ts';
import { layout } from './layout.ts';
import { lockBatch } from './lock.ts';
import { type BatchManifest, beginBatch, makeBatchFolder, readManifest } from './manifest.ts';
import { type BatchRecord, recordKey } from './record.ts';
import { type BatchResults, resultsOf } from './results.ts';
import { mergeManifests, type ShardSource } from './shard.ts';

/**
 * Puts the shards of a batch together in `out`, as if it had been graded on one machine. The same merge may be done
 * again, as when a shard was not graded to its end before. Throws UsageError where the folders are not the shards of
 * one batch, or `out` holds something else.
 */
export async function mergeShards(
  outs: readonly string[],
  out: string,
): Promise<{ manifest: BatchManifest; results: BatchResults }> {
  if (outs.some((one) => resolve(one) === resolve(out)))
    throw new UsageError(`${out} holds a shard itself. Name a folder of its own for --out.`);
  const sources = await Promise.all(
    outs.map(async (one) => ({ out: one, manifest: await readManifest(one) })),
  );
  const manifest = mergeManifests(sources);
  await makeBatchFolder(out);
  await lockBatch(out);
  await checkTarget(out, manifest);
  await beginBatch(out, manifest);
  const records = await copyRecords(sources, out);
  const results = resultsOf(manifest, records);
  await keepResults(out, results);
  return { manifest, results };
}

/** Refuses a folder that holds something else than this merge, before anything in it is touched. Throws UsageError. */
async function checkTarget(out: string, manifest: BatchManifest): Promise<void> {
  const names = layout(out);
  if (!existsSync(names.manifest) && !existsSync(names.journal)) return;
  const there = await readManifest(out);
  if (JSON.stringify(there) !== JSON.stringify(manifest))
    throw new UsageError(`${out} holds another batch already. Name a new folder for --out.`);
}

/** Takes over what the target has not yet. Gives back the records of all shards. */
async function copyRecords(sources: readonly ShardSource[], out: string): Promise<BatchRecord[]> {
  const { journal, records: there } = await Journal.open(layout(out).journal);
  try {
    const copied = new Map(there.map((record) => [recordKey(record), JSON.stringify(record)]));
    const records: BatchRecord[] = [];
    for (const source of sources) {
      const all = await readJournal(layout(source.out).journal);
      const fresh = all.filter((record) => copied.get(recordKey(record)) !== JSON.stringify(record));
      for (const { evidence } of fresh) if (evidence !== null) await copyEvidence(source.out, out, evidence);
      await Promise.all(fresh.map((record) => journal.append(record)));
      records.push(...all);
    }
    return records;
  } finally {
    await journal.close();
  }
}

async function copyEvidence(from: string, to: string, name: string): Promise<void> {
  try {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await writeDurably(join(to, name), await readNamedFile(join(from, name)));
  } catch (error) {
    const why = error instanceof UnreadableFileError ? error.problem : messageOf(error);
    throw new InfrastructureError(`The evidence ${join(from, name)} cannot be copied: ${why}`, {
      cause: error,
    });
  }
}
