import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { engineAddresses } from './addresses.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'docker-addresses-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_RUNTIME_DIR', join(home, 'run'));
  for (const name of [
    'DOCKER_HOST',
    'DOCKER_CONTEXT',
    'DOCKER_CONFIG',
    'DOCKER_TLS_VERIFY',
    'DOCKER_CERT_PATH',
  ])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(home);
});

async function write(name: string, text: string): Promise<string> {
  const file = join(home, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

/** A context as Docker's command keeps it. */
async function writeContext(name: string, host: unknown): Promise<string> {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await write(`.docker/contexts/meta/${id}/meta.json`, JSON.stringify(meta));
  return id;
}

const shown = () => engineAddresses().map(({ target }) => target.address);
const ownSockets = () => shown().filter((address) => address.includes(home));

describe('engineAddresses', () => {
  it('takes what DOCKER_HOST names, and nothing else', async () => {
    await writeContext('colima', 'unix:///colima.sock');
    await write('.docker/config.json', '{"currentContext":"colima"}');
    vi.stubEnv('DOCKER_HOST', 'tcp://engine:1');
    vi.stubEnv('DOCKER_CONTEXT', 'colima');
    expect(shown()).toEqual(['tcp://engine:1']);
  });

  it('begins with the context that was chosen: the usual sockets come after', async () => {
    await write('run/docker.sock', '');
    await writeContext('colima', `unix://${home}/.colima/default/docker.sock`);
    await write('.docker/config.json', '{"auths":{},"currentContext":"colima"}');
    expect(ownSockets()).toEqual([
      `unix://${home}/.colima/default/docker.sock`,
      `unix://${home}/run/docker.sock`,
    ]);
    expect(engineAddresses()[0]?.named).toEqual({
      by: 'the Docker context "colima" names it',
      remedy: 'docker context use default',
    });
  });

  it('takes nothing but the context that DOCKER_CONTEXT names, with its certificates', async () => {
    const id = await writeContext('far', 'tcp://far.test:2376');
    await write(`.docker/contexts/tls/${id}/docker/ca.pem`, '');
    vi.stubEnv('DOCKER_CONTEXT', 'far');
    expect(engineAddresses()).toMatchObject([
      {
        target: {
          address: 'tcp://far.test:2376',
          tls: { folder: join(home, '.docker/contexts/tls', id, 'docker') },
        },
      },
    ]);
  });

  it.each(['.colima/default/docker.sock', '.orbstack/run/docker.sock', '.rd/docker.sock'])(
    'finds ~/%s without a context',
    async (name) => {
      const file = await write(name, '');
      expect(ownSockets()).toEqual([`unix://${file}`]);
    },
  );

  it('says what is wrong with a context', async () => {
    vi.stubEnv('DOCKER_CONTEXT', 'nowhere');
    expect(engineAddresses()).toMatchObject([
      { target: { address: 'the Docker context "nowhere"', unusable: 'there is no such context' } },
    ]);
    for (const [host, why] of [
      [5, /names no engine$/],
      ['ssh://far.test', /^an engine behind SSH/],
    ] as const) {
      await writeContext('odd', host);
      vi.stubEnv('DOCKER_CONTEXT', 'odd');
      expect(engineAddresses()).toMatchObject([{ target: { unusable: expect.stringMatching(why) } }]);
    }
  });

  it.each(['', '{', 'null', '[]', '{"currentContext":{}}'])(
    'does without settings that are %j',
    async (text) => {
      await write('.docker/config.json', text);
      const socket = await write('run/docker.sock', '');
      expect(ownSockets()).toEqual([`unix://${socket}`]);
    },
  );

  it('says what is wrong with the settings of testcontainers', async () => {
    await mkdir(join(home, '.testcontainers.properties'));
    expect(engineAddresses()).toMatchObject([
      { target: { unusable: expect.stringMatching(/it is a folder$/) } },
    ]);
  });
});
