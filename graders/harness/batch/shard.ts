import { UsageError } from '../base/errors.ts';
import { count, list } from '../base/text/count.ts';
import type { BatchManifest } from './manifest.ts';

/** One part of a batch, of several that together are the whole: from 1 to `count`. */
export interface Shard {
  index: number;
  count: number;
}

/** Reads `2/5`; undefined where that is no shard. */
export function parseShard(text: string): Shard | undefined {
  const [, index, total] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(total) };
  return shard.index >= 1 && shard.index <= shard.count && shard.count <= 1000 ? shard : undefined;
}

/**
 * The submissions of a shard: every machine that finds the same submissions makes the same parts. They are dealt
 * out like cards, so that parts are equally large.
 */
export function shardOf<Submission extends { id: string }>(
  submissions: readonly Submission[],
  shard: Shard,
): Submission[] {
  const sorted = [...submissions].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return sorted.filter((_, position) => position % shard.count === shard.index - 1);
}

/** A shard's manifest, and the folder that it was read from, for messages. */
export interface ShardSource {
  out: string;
  manifest: BatchManifest;
}

/**
 * The manifest of the whole batch. Throws UsageError where a shard is missing, there twice, or of another batch.
 */
export function mergeManifests(sources: readonly ShardSource[]): BatchManifest {
  const [first] = sources;
  if (!first) throw new UsageError('Name the folders that the shards were graded into.');
  for (const source of sources) checkSame(first, source);
  checkComplete(sources);
  const unique = <T>(items: readonly T[], key: (item: T) => string) => [
    ...new Map(items.map((item) => [key(item), item])).values(),
  ];
  const all = sources.map(({ manifest }) => manifest);
  const submissions = all.flatMap((manifest) => manifest.submissions);
  const twice = submissions.find(
    ({ id }, index) => submissions.findIndex((other) => other.id === id) < index,
  );
  if (twice)
    throw new UsageError(
      `The submission ${twice.id} is in two shards. Were they given the same submissions?`,
    );
  return {
    ...first.manifest,
    shard: null,
    submissions: submissions.sort((a, b) => (a.id < b.id ? -1 : 1)),
    notSubmitted: unique(
      all.flatMap((manifest) => manifest.notSubmitted),
      ({ identifier }) => identifier,
    ),
    faults: unique(
      all.flatMap((manifest) => manifest.faults),
      ({ id }) => id,
    ),
    ...(first.manifest.missing ? { missing: all.flatMap((manifest) => manifest.missing ?? []) } : {}),
  };
}

function checkSame(first: ShardSource, { out, manifest }: ShardSource): void {
  const facts = ({ grader, challenges, settings }: BatchManifest): Record<string, string> => ({
    'version of the grader': grader,
    'list of challenges': challenges.map(({ id }) => id).join(', '),
    settings: JSON.stringify(settings),
  });
  const [wanted, found] = [facts(first.manifest), facts(manifest)];
  const different = Object.keys(wanted).find((name) => wanted[name] !== found[name]);
  if (different !== undefined)
    throw new UsageError(
      `${out} has another ${different} than ${first.out}: ${found[different]}, not ${wanted[different]}. Grade all shards in the same way.`,
    );
}

function checkComplete(sources: readonly ShardSource[]): void {
  const shards = sources.map(({ out, manifest }) => {
    if (manifest.shard === null) throw new UsageError(`${out} is a whole batch, and no shard of one.`);
    return { out, ...manifest.shard };
  });
  const [first] = shards;
  const total = first?.count ?? 0;
  const other = shards.find((shard) => shard.count !== total);
  if (other)
    throw new UsageError(
      `${other.out} is one of ${count(other.count, 'shard')}, and ${first?.out} one of ${total}.`,
    );
  for (const shard of shards) {
    const same = shards.find((candidate) => candidate !== shard && candidate.index === shard.index);
    if (same)
      throw new UsageError(`The shard ${shard.index}/${total} is there twice: ${shard.out} and ${same.out}.`);
  }
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter(
    (index) => !shards.some((shard) => shard.index === index),
  );
  if (missing.length > 0)
    throw new UsageError(`Missing: ${list(missing.map((index) => `shard ${index}/${total}`))}.`);
}
