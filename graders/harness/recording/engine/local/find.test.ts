import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder } from '../../../base/cache-folder.ts';
import { InfrastructureError } from '../../../base/errors.ts';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { fetchedValkey } from './fetch.ts';
import { findLocalValkey } from './find.ts';

let root: string;
const silent = () => {
  throw new Error('nothing is to be fetched here');
};

async function program(path: string): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'find-test-'));
  vi.stubEnv('PATH', join(root, 'bin'));
  vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(root);
});

const CACHED = `cache/keyspace-grader/valkey-2-${process.arch}/bin`;

describe('findLocalValkey', () => {
  it('takes what the PATH has, with or without a client', async () => {
    await program(`${CACHED}/valkey-server`);
    const server = await program('bin/valkey-server');
    expect(await findLocalValkey(silent)).toEqual({ server, cli: undefined });
    const cli = await program('bin/valkey-cli');
    expect(await findLocalValkey(silent)).toEqual({ server, cli });
  });

  it('takes what was fetched before', async () => {
    const server = await program(`${CACHED}/valkey-server`);
    const cli = await program(`${CACHED}/valkey-cli`);
    expect(await findLocalValkey(silent)).toEqual({ server, cli });
    expect(fetchedValkey()).toEqual({ server, cli });
  });

  it('names the command to install it where it cannot be fetched', async () => {
    await program('bin/dnf');
    const attempt = findLocalValkey(silent);
    await expect(attempt).rejects.toThrow(InfrastructureError);
    await expect(attempt).rejects.toThrow(/no valkey-server on this machine/);
    if (process.platform === 'linux') await expect(attempt).rejects.toThrow('sudo dnf install valkey');
  });
});

describe('cacheFolder', () => {
  it('is where the system keeps caches', () => {
    expect(cacheFolder()).toBe(join(root, 'cache', 'keyspace-grader'));
    vi.stubEnv('XDG_CACHE_HOME', '');
    vi.stubEnv('HOME', root);
    expect(cacheFolder()).toBe(join(root, '.cache', 'keyspace-grader'));
  });
});
