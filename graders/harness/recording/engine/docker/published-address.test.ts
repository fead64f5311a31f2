import { describe, expect, it } from 'vitest';
import { publishedAddress } from './published-address.ts';

const linux = 'Debian GNU/Linux 12 (bookworm)';

describe('publishedAddress', () => {
  it('is the loopback interface beside the engine', () => {
    expect(publishedAddress({ host: 'localhost', operatingSystem: linux }, {})).toBe('127.0.0.1');
    expect(publishedAddress({ host: 'localhost', operatingSystem: 'Docker Desktop' }, {})).toBe('127.0.0.1');
    const socket = { DOCKER_HOST: 'unix:///run/user/1000/docker.sock' };
    expect(publishedAddress({ host: 'localhost', operatingSystem: linux }, socket)).toBe('127.0.0.1');
  });

  it("is the bridge's gateway in a container that was given the engine's socket", () => {
    expect(publishedAddress({ host: '172.17.0.1', operatingSystem: linux }, {})).toBe('172.17.0.1');
  });

  it.each([
    ['the gateway of Docker Desktop', '172.17.0.1', 'Docker Desktop', {}],
    ['an engine elsewhere', '192.0.2.7', linux, { DOCKER_HOST: 'tcp://192.0.2.7:2376' }],
    ['a host that the user names', '192.0.2.7', linux, { TESTCONTAINERS_HOST_OVERRIDE: '192.0.2.7' }],
    ['an address that is no IPv4 one', 'fe80::1', linux, {}],
  ])('is every address for %s', (_what, host, operatingSystem, environment) => {
    expect(publishedAddress({ host, operatingSystem }, environment)).toBeUndefined();
  });
});
