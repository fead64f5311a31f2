import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InfrastructureError, UsageError } from '../base/errors.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { compressEvidence } from '../grading/compressed-evidence.ts';
import { CHALLENGE } from '../testing/batch.ts';
import { makeEvidence } from '../testing/evidence.ts';
import { fillDisk, mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../testing/small-disk.ts';
import { keepEvidence, loadEvidence } from './evidence-store.ts';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'evidence-'));
});
afterEach(() => rm(out, { recursive: true }));

const evidence = makeEvidence({ source: 'print("é")\n'.repeat(500), commands: ['SET a "\\xff"'] });

const keep = async (what: Evidence) => keepEvidence(out, CHALLENGE, 'han', await compressEvidence(what));

describe('the store of evidence', () => {
  it('gives back what was kept, and keeps it compressed', async () => {
    const name = await keep(evidence);
    expect(name).toBe('evidence/sessions/cantina/han.json.gz');
    expect(await loadEvidence(out, name)).toEqual(evidence);
    expect((await stat(join(out, name))).size).toBeLessThan(JSON.stringify(evidence).length / 2);
  });

  it('keeps the newest', async () => {
    await keep(makeEvidence());
    const name = await keep(evidence);
    expect(await loadEvidence(out, name)).toEqual(evidence);
    expect(await readdir(join(out, 'evidence', CHALLENGE))).toEqual(['han.json.gz']);
  });

  it('says so where it is gone, and where it is broken', async () => {
    await expect(loadEvidence(out, 'evidence/x.json.gz')).rejects.toThrow(InfrastructureError);
    await writeFile(join(out, 'text.json.gz'), 'not compressed');
    await expect(loadEvidence(out, 'text.json.gz')).rejects.toThrow(/text\.json\.gz cannot be read/);
    await writeFile(join(out, 'other.json.gz'), gzipSync('{"version":1}'));
    await expect(loadEvidence(out, 'other.json.gz')).rejects.toThrow(UsageError);
  });

  it('says so where there can be no folder for it', async () => {
    await writeFile(join(out, 'evidence'), '');
    await expect(keep(evidence)).rejects.toThrow(/cannot be kept: .*\nNothing/);
  });
});

const obstacle = await obstacleToMounting();

describe('the store of evidence on a full disk', () => {
  beforeEach(async ({ skip }) => {
    if (obstacle !== null) skip(obstacle);
    await mountSmallDisk(out);
  });
  afterEach(() => {
    if (obstacle === null) unmountSmallDisk(out);
  });

  it('leaves the older evidence as it was, and nothing half-written', async () => {
    const name = await keep(makeEvidence());
    await mkdir(join(out, 'evidence', CHALLENGE), { recursive: true });
    await fillDisk(out);
    await expect(keep(evidence)).rejects.toThrow(/ENOSPC/);
    expect(await loadEvidence(out, name)).toEqual(makeEvidence());
    expect(await readdir(join(out, 'evidence', CHALLENGE))).toEqual(['han.json.gz']);
    await rm(join(out, 'filler'));
    expect(await loadEvidence(out, await keep(evidence))).toEqual(evidence);
  });
});
