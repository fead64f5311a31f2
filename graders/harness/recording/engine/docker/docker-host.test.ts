import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDockerHost } from './docker-host.ts';

const none = { verify: false, folder: null };

describe('parseDockerHost', () => {
  it.each([
    ['tcp://:2375', 'tcp://127.0.0.1:2375'],
    ['tcp://', 'tcp://127.0.0.1:2375'],
    ['tcp://192.0.2.7', 'tcp://192.0.2.7:2375'],
    ['http://engine.test:80/', 'tcp://engine.test:80'],
    ['garbage', 'tcp://garbage:2375'],
    ['tcp://[::1]:2375', 'tcp://[::1]:2375'],
    ['unix://', 'unix:///var/run/docker.sock'],
    ['unix:///run/docker.sock', 'unix:///run/docker.sock'],
    ['unix://run/docker.sock', `unix://${resolve('run/docker.sock')}`],
    [' TCP://engine:1 ', 'tcp://engine:1'],
  ])('reads %s as Docker does', (text, address) => {
    expect(parseDockerHost(text, none)).toMatchObject({ address, at: expect.anything(), tls: null });
  });

  it('speaks TLS where it is asked for, and at the port that is for it', () => {
    const verify = { verify: true, folder: '/certificates' };
    expect(parseDockerHost('tcp://engine', verify)).toMatchObject({
      address: 'tcp://engine:2376',
      tls: { folder: '/certificates' },
    });
    expect(parseDockerHost('tcp://engine:2376', none)).toMatchObject({ tls: { folder: null } });
    expect(parseDockerHost('https://engine', none)).toMatchObject({ at: { port: '2376' }, tls: {} });
  });

  it.each([
    'ssh://user@example.test',
    'npipe:////./pipe/docker_engine',
    'fd://',
    'tcp://a b',
    'tcp://user@engine:1',
    'tcp://engine:99999',
    'tcp://engine:one',
    'unix:///tmp/a b.sock',
    'unix:///tmp/a#b.sock',
  ])('says why %s cannot be used', (text) => {
    expect(parseDockerHost(text, none)).toMatchObject({ unusable: expect.stringMatching(/\w/) });
  });
});
