import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { diagnoseDocker, whoMayUse } from './diagnosis.ts';
import type { DockerReply } from './ping.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-diagnosis-'));
  vi.stubEnv('DOCKER_HOST', undefined);
  // Its settings would name an engine.
  vi.stubEnv('HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(folder);
});

/** A socket with these rights, which is there for as long as the work takes. */
async function withSocket(mode: number, work: (path: string) => void): Promise<void> {
  const path = join(folder, 'docker.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    await chmod(path, mode);
    work(path);
  } finally {
    server.close();
  }
}

const reply = (address: string, problem: string, named: DockerReply['named'] = null): DockerReply => ({
  address,
  problem,
  named,
  target: { address, at: { socketPath: address }, tls: null },
  product: null,
});

describe('diagnoseDocker', () => {
  it('names who may use a socket that is closed to the user, and how to become one of them', async () => {
    await withSocket(0o660, (path) => {
      const { reason, remedy } = diagnoseDocker([reply(`unix://${path}`, 'EACCES')]);
      expect(reason).toMatch(
        /^Docker's socket \/.*docker\.sock is not open to you: \S+ and the group \S+ may use it\.$/,
      );
      expect(remedy).toMatch(/^sudo usermod -aG (\S+) \S+ && newgrp \1$/);
    });
  });

  it('tells a socket at which nobody answers from a machine without Docker', () => {
    expect(diagnoseDocker([reply('unix:///var/run/docker.sock', 'ECONNREFUSED')])).toMatchObject({
      reason: 'Docker is not running: nothing answers at /var/run/docker.sock (ECONNREFUSED).',
    });
    vi.stubEnv('PATH', folder);
    expect(diagnoseDocker([])).toEqual({ reason: 'There is no Docker on this machine.', remedy: null });
  });

  it('names the setting that names an engine, before all that was looked at besides', () => {
    const named = { by: 'the variable DOCKER_HOST names it', remedy: 'unset DOCKER_HOST' };
    const replies = [
      reply('unix:///var/run/docker.sock', 'EACCES'),
      reply('tcp://127.0.0.1:1', 'ECONNREFUSED', named),
    ];
    expect(diagnoseDocker(replies)).toEqual({
      reason:
        'No Docker engine answers at tcp://127.0.0.1:1 (the variable DOCKER_HOST names it): ECONNREFUSED.',
      remedy: 'unset DOCKER_HOST',
    });
  });
});

describe('whoMayUse', () => {
  it.each([
    [0o666, /^everybody on this machine may use it$/],
    [0o660, /^\S+ and the group \S+ may use it$/],
    [0o600, /^only \S+ may use it$/],
  ])('reads the rights %o', async (mode, words) => {
    await withSocket(mode, (path) => expect(whoMayUse(path)).toMatch(words));
  });
});
