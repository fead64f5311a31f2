import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { readDockerConfig } from './docker-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'));
  vi.stubEnv('DOCKER_CONFIG', folder);
  vi.stubEnv('DOCKER_AUTH_CONFIG', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(folder);
});

const write = (text: string) => writeFile(join(folder, 'config.json'), text);

describe('readDockerConfig', () => {
  it('takes passwords, and the programs that know them', async () => {
    await writeFile(join(folder, 'docker-credential-there'), '#!/bin/sh\n', { mode: 0o755 });
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
    const auth = {
      auths: { 'registry.test': { auth: 'dTpw' } },
      credHelpers: { 'other.test': 'there' },
      credsStore: 'there',
    };
    await write(JSON.stringify({ ...auth, currentContext: 'colima' }));
    expect(readDockerConfig()).toEqual({ auth, currentContext: 'colima', problem: null });
  });

  it('has nothing to say where there are none', () => {
    expect(readDockerConfig()).toMatchObject({ currentContext: undefined, problem: null });
  });

  it.each([
    ['', / is empty$/],
    ['{ "auths": {}, }', /config\.json cannot be read: .*JSON/],
    ['null', / holds no object$/],
    ['[]', / holds no object$/],
    [
      '{"credHelpers":{"a.test":"missing"}}',
      / names docker-credential-missing, which is not on this machine$/,
    ],
    ['{"credsStore":"missing"}', / names docker-credential-missing, which is not on this machine$/],
  ])('leaves out what cannot be used of %j, and says so', async (text, problem) => {
    await write(text);
    expect(readDockerConfig()).toEqual({
      auth: { auths: {}, credHelpers: {} },
      currentContext: undefined,
      problem: expect.stringMatching(problem),
    });
  });

  it('leaves out entries of other types: they would break whoever reads them', async () => {
    await write('{"auths":{"a":null,"b":{"auth":5,"username":"u"}},"credHelpers":{"c":{}},"credsStore":""}');
    expect(readDockerConfig().auth).toEqual({ auths: { b: { username: 'u' } }, credHelpers: {} });
  });

  it('says what stands in the place of the file', async () => {
    await mkdir(join(folder, 'config.json'));
    expect(readDockerConfig().problem).toMatch(/config\.json cannot be read: it is a folder$/);
  });

  it('says that the variable is what cannot be read', () => {
    vi.stubEnv('DOCKER_AUTH_CONFIG', '{broken');
    expect(readDockerConfig().problem).toMatch(/^the variable DOCKER_AUTH_CONFIG cannot be read/);
  });
});
