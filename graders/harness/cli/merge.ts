import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Journal, readJournal } from '../batch/journal.ts';
import { keepResults } from '../batch/keep-results.ts';
import { layout } from '../batch/layout.ts';
import { lockBatch } from '../batch/lock.ts';
import { type BatchManifest, beginBatch, makeBatchFolder, readManifest } from '../batch/manifest.ts';
import { type BatchRecord, recordKey } from '../batch/record.ts';
import { resultsOf } from '../batch/results.ts';
import { mergeManifests, type ShardSource } from '../batch/shard.ts';
import { ExitCode, InfrastructureError, messageOf, UsageError } from '../errors.ts';
import { write } from '../stdout.ts';
import { count } from '../text/count.ts';

/**
 * `keyspace-grader merge`: puts the shards of a batch together, as if it had been graded on one machine. The same
 * merge may be done again, as when a shard was not graded to its end before.
 */
export async function mergeCommand(outs: readonly string[], { out }: { out: string }): Promise<number> {
  if (outs.some((one) => resolve(one) === resolve(out)))
    throw new UsageError(`${out} holds a shard itself. Name a folder of its own for --out.`);
  const sources = await Promise.all(
    outs.map(async (one) => ({ out: one, manifest: await readManifest(one) })),
  );
  const manifest = mergeManifests(sources);
  await checkTarget(out, manifest);
  await makeBatchFolder(out);
  await lockBatch(out);
  await beginBatch(out, manifest);
  const records = await copyRecords(sources, out);
  const results = resultsOf(manifest, records);
  await keepResults(out, results);
  const pending = results.rows
    .flatMap(({ cells }) => cells)
    .filter(({ status }) => status === 'pending').length;
  await write(
    `\n  ${count(sources.length, 'shard')}, ${count(manifest.submissions.length, 'submission')}${pending > 0 ? `, ${pending} not graded yet` : ''}\n  Results: ${layout(out).file('index.html')}\n\n`,
  );
  return pending > 0 ? ExitCode.infrastructure : ExitCode.passed;
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
    await copyFile(join(from, name), join(to, name));
  } catch (error) {
    throw new InfrastructureError(`The evidence ${join(from, name)} cannot be copied: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
