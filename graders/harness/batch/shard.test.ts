import { describe, expect, it } from 'vitest';
import { manifest, submission } from '../testing/batch.ts';
import type { BatchManifest } from './manifest.ts';
import { mergeManifests, parseShard, type Shard, shardOf } from './shard.ts';

const IDS = ['yoda', 'han', 'leia', 'luke', 'r2-d2', 'ben', 'Lando'];
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);

describe('parseShard', () => {
  it.each(['1/1', '2/5', '5/5', '1000/1000'])('reads %s', (text) => {
    const [index, count] = text.split('/').map(Number);
    expect(parseShard(text)).toEqual({ index, count });
  });

  it.each(['0/5', '6/5', '1/0', '1', '1/', '/5', '1.5/2', '-1/5', '1/1001', ' 1/2', '1/2/3'])(
    'refuses %s',
    (text) => {
      expect(parseShard(text)).toBeUndefined();
    },
  );
});

describe('shardOf', () => {
  const found = IDS.map((id) => submission(id));

  it.each([1, 2, 3, 7, 10])('makes %i parts that are the whole, none twice, as even as can be', (count) => {
    const parts = Array.from({ length: count }, (_, index) => shardOf(found, { index: index + 1, count }));
    expect(ids(parts.flat()).sort()).toEqual([...IDS].sort());
    const sizes = parts.map((part) => part.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('makes the same parts on every machine, in whatever order folders are found there', () => {
    const shard = { index: 2, count: 3 };
    expect(shardOf([...found].reverse(), shard)).toEqual(shardOf(found, shard));
  });
});

describe('mergeManifests', () => {
  const part = (shard: Shard | null, members: string[], options: Partial<BatchManifest> = {}) => ({
    out: shard ? `shard-${shard.index}` : 'whole',
    manifest: manifest(members, { shard, ...options }),
  });
  const one = part({ index: 1, count: 2 }, ['han', 'luke']);
  const two = part({ index: 2, count: 2 }, ['leia']);

  it('puts the whole together, in whatever order shards are named', () => {
    const chewie = { identifier: 'chewie', username: null, githubId: null, name: null };
    const fault = { id: 'lando', reason: 'could not be cloned' };
    const withRest = [one, two].map(({ out, manifest }) => ({
      out,
      manifest: { ...manifest, notSubmitted: [chewie], faults: [fault] },
    }));
    const merged = mergeManifests(withRest);
    expect(merged).toEqual(manifest(['han', 'leia', 'luke'], { notSubmitted: [chewie], faults: [fault] }));
    expect(mergeManifests([...withRest].reverse())).toEqual(merged);
  });

  it.each([
    ['none', [], /Name the folders/],
    ['a missing one', [one], /Missing: shard 2\/2\./],
    ['several missing ones', [part({ index: 2, count: 3 }, [])], /Missing: shard 1\/3 and shard 3\/3\./],
    ['one twice', [one, two, { ...one, out: 'again' }], /shard 1\/2 is there twice: shard-1 and again/],
    ['a whole batch', [part(null, ['han'])], /whole is a whole batch, and no shard of one/],
    [
      'shards of another count',
      [one, part({ index: 2, count: 3 }, [])],
      /shard-2 is one of 3 shards, and shard-1 one of 2/,
    ],
    [
      'another version',
      [one, part({ index: 2, count: 2 }, [], { grader: '0.2.0' })],
      /shard-2 has another version of the grader than shard-1: 0\.2\.0, not 0\.1\.0/,
    ],
    [
      'other challenges',
      [one, part({ index: 2, count: 2 }, [], { challenges: [] })],
      /shard-2 has another list of challenges than shard-1/,
    ],
    [
      'other settings',
      [one, part({ index: 2, count: 2 }, [], { settings: { ...one.manifest.settings, timeout: 5 } })],
      /shard-2 has another settings? than shard-1/,
    ],
    [
      'a submission in two',
      [one, part({ index: 2, count: 2 }, ['han'])],
      /The submission han is in two shards/,
    ],
  ])('refuses %s', (_, sources, message) => {
    expect(() => mergeManifests(sources)).toThrow(message);
  });
});
