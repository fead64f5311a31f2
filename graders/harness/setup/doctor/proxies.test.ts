import { describe, expect, it } from 'vitest';
import { examineProxies } from './proxies.ts';

describe('examineProxies', () => {
  it.each([
    [{}, 'none'],
    [{ http_proxy: '' }, 'none'],
    [
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'a, localhost,127.0.0.1' },
      'HTTP_PROXY, and not for this machine',
    ],
    [
      { http_proxy: 'http://p:1', https_proxy: 'http://p:1', no_proxy: '*' },
      'http_proxy and https_proxy, and not for this machine',
    ],
  ])('is content with %j', (environment, found) => {
    expect(examineProxies(environment)).toMatchObject({ state: 'fine', found, remedy: null });
  });

  it('wants this machine left out', () => {
    for (const environment of [
      { HTTP_PROXY: 'http://p:1' },
      { HTTP_PROXY: 'http://p:1', NO_PROXY: 'localhost' },
    ])
      expect(examineProxies(environment)).toMatchObject({
        state: 'limited',
        remedy: expect.stringMatching(/^export NO_PROXY=localhost,127\.0\.0\.1/),
      });
  });

  it.each([
    [{ HTTPS_PROXY: 'proxy:3128' }, 'export HTTPS_PROXY=http://proxy:3128'],
    [{ http_proxy: 'user:pw@proxy:3128' }, 'export http_proxy=http://user:pw@proxy:3128'],
    [{ all_proxy: 'none; rm -r x' }, 'unset all_proxy'],
  ])('mends an address that is none: %j', (environment, remedy) => {
    expect(examineProxies(environment)).toMatchObject({ state: 'limited', remedy });
  });
});
