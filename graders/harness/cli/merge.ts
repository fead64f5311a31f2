import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { writeResults } from '../batch/exports/write-results.ts';
import { Journal, readJournal } from '../batch/journal.ts';
import { layout } from '../batch/layout.ts';
import { beginBatch, readManifest } from '../batch/manifest.ts';
import { resultsOf } from '../batch/results.ts';
import { mergeManifests } from '../batch/shard.ts';
import { ExitCode, InfrastructureError, messageOf, UsageError } from '../errors.ts';
import { count } from '../text/count.ts';
import { write } from './stdout.ts';

/** `keyspace-grader merge`: puts the shards of a batch together, as if it had been graded on one machine. */
export async function mergeCommand(outs: readonly string[], { out }: { out: string }): Promise<number> {
  if (outs.some((one) => resolve(one) === resolve(out)))
    throw new UsageError(`${out} holds a shard itself. Name a folder of its own for --out.`);
  const sources = await Promise.all(
    outs.map(async (one) => ({ out: one, manifest: await readManifest(one) })),
  );
  const manifest = mergeManifests(sources);
  await beginBatch(out, manifest);
  const { journal, records: there } = await Journal.open(layout(out).journal);
  if (there.length > 0) {
    await journal.close();
    throw new UsageError(`${out} holds results already. Name a new folder for --out.`);
  }
  const records = [];
  for (const source of sources) {
    for (const record of await readJournal(layout(source.out).journal)) {
      if (record.evidence !== null) await copyEvidence(source.out, out, record.evidence);
      await journal.append(record);
      records.push(record);
    }
  }
  await journal.close();
  const results = resultsOf(manifest, records);
  await writeResults(out, results);
  const pending = results.rows
    .flatMap(({ cells }) => cells)
    .filter(({ status }) => status === 'pending').length;
  await write(
    `\n  ${count(sources.length, 'shard')}, ${count(manifest.submissions.length, 'submission')}${pending > 0 ? `, ${pending} not graded yet` : ''}\n  Results: ${layout(out).file('index.html')}\n\n`,
  );
  return pending > 0 ? ExitCode.infrastructure : ExitCode.passed;
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
