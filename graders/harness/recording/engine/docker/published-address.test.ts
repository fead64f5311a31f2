import { describe, expect, it } from 'vitest';
import { publishedAddress } from './published-address.ts';

const linux = 'Debian GNU/Linux 12 (bookworm)';

const beside = { host: 'localhost', operatingSystem: linux, elsewhere: false };

describe('publishedAddress', () => {
  it('is the loopback interface beside the engine', () => {
    expect(publishedAddress(beside, {})).toBe('127.0.0.1');
    expect(publishedAddress({ ...beside, operatingSystem: 'Docker Desktop' }, {})).toBe('127.0.0.1');
  });

  it("is the network's gateway in a container that was given the engine's socket", () => {
    expect(publishedAddress({ ...beside, host: '172.17.0.1' }, {})).toBe('172.17.0.1');
  });

  it.each([
    ['the gateway of Docker Desktop', { host: '172.17.0.1', operatingSystem: 'Docker Desktop' }, {}],
    ['an engine elsewhere', { host: '192.0.2.7', elsewhere: true }, {}],
    ['a host that the user names', { host: '192.0.2.7' }, { TESTCONTAINERS_HOST_OVERRIDE: '192.0.2.7' }],
    ['an address that is no IPv4 one', { host: 'fe80::1' }, {}],
  ])('is every address for %s', (_what, engine, environment) => {
    expect(publishedAddress({ ...beside, ...engine }, environment)).toBeUndefined();
  });
});
