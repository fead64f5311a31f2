import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../base/errors.ts';
import { manifest } from '../testing/batch.ts';
import { type BatchManifest, beginBatch, everybody, makeBatchFolder, readManifest } from './manifest.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'manifest-'));
});
afterEach(() => rm(out, { recursive: true }));

describe('beginBatch', () => {
  it('writes down what the batch is', async () => {
    await beginBatch(out, manifest(['han', 'leia']));
    expect(await readManifest(out)).toEqual(manifest(['han', 'leia']));
  });

  it('goes on with submissions that have come since, and without those that have gone', async () => {
    await beginBatch(out, manifest(['han', 'leia']));
    await beginBatch(out, manifest(['leia', 'luke']));
    expect((await readManifest(out)).submissions.map(({ id }) => id)).toEqual(['leia', 'luke']);
  });

  const { settings } = manifest([]);
  it.each<[string, Partial<BatchManifest>]>([
    ['version of the grader (0.1.0)', { grader: '0.2.0' }],
    ['list of challenges (sessions/cantina)', { challenges: [] }],
    ['shard', { shard: { index: 1, count: 2 } }],
    ['engine', { settings: { ...settings, engine: 'docker' } }],
    ['timeout', { settings: { ...settings, timeout: 5 } }],
    ['deadline', { settings: { ...settings, deadline: '2026-06-01T12:00:00.000Z' } }],
  ])('does not mix it with another %s', async (what, other) => {
    await beginBatch(out, manifest(['han']));
    const before = await readFile(join(out, 'batch.json'), 'utf8');
    await expect(beginBatch(out, manifest(['han'], other))).rejects.toThrow(
      `holds a batch with another ${what}. Name another folder for --out`,
    );
    expect(await readFile(join(out, 'batch.json'), 'utf8')).toBe(before);
  });
});

describe('readManifest', () => {
  it.each([
    ['{"version":1,', /batch\.json is broken/],
    ['null', /batch\.json is broken: it does not say what version it is of/],
    ['{"version":2}', /is of version 2, and only 1 can be read/],
  ])('refuses %s', async (text, message) => {
    await writeFile(join(out, 'batch.json'), text);
    await expect(readManifest(out)).rejects.toThrow(message);
    await expect(readManifest(out)).rejects.toThrow(UsageError);
  });

  it('says so where there is no batch', async () => {
    await expect(readManifest(out)).rejects.toThrow(/holds no batch.*Name the --out folder of one/);
  });
});

describe('makeBatchFolder', () => {
  it('makes the folders above too, and says so where it cannot', async () => {
    await makeBatchFolder(join(out, 'a', 'b'));
    await beginBatch(join(out, 'a', 'b'), manifest([]));
    await writeFile(join(out, 'file'), '');
    await expect(makeBatchFolder(join(out, 'file'))).rejects.toThrow(/file cannot be made a folder/);
  });
});

describe('everybody', () => {
  it('is who submitted, then whose work could not be had, then who did not submit', () => {
    const learner = (identifier: string) => ({ identifier, username: null, githubId: null, name: null });
    const faults = [
      { id: 'lando', reason: 'could not be cloned', learner: learner('lando') },
      { id: 'boba', reason: 'could not be cloned' },
    ];
    expect(everybody(manifest(['han'], { notSubmitted: [learner('chewie')], faults }))).toEqual([
      { submission: expect.objectContaining({ id: 'han' }), learner: null, missed: false },
      { submission: null, learner: learner('lando'), missed: true },
      { submission: null, learner: learner('chewie'), missed: false },
    ]);
  });
});
