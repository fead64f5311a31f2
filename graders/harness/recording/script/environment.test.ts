import { delimiter } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { scriptEnvironment } from './environment.ts';

const address = { host: '127.0.0.1', port: 6400, socketPath: '/grader/valkey.sock' };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('scriptEnvironment', () => {
  it('tells where the server is, under both names', () => {
    const environment = scriptEnvironment({ address, folder: '/run' });
    for (const prefix of ['VALKEY', 'REDIS']) {
      expect(environment).toMatchObject({
        [`${prefix}_HOST`]: '127.0.0.1',
        [`${prefix}_PORT`]: '6400',
        [`${prefix}_URL`]: 'redis://127.0.0.1:6400',
      });
    }
    expect(JSON.stringify(environment)).not.toContain('valkey.sock');
  });

  it('gives folders of its own, and its own programs first', () => {
    vi.stubEnv('PATH', ['/usr/bin', '/bin'].join(delimiter));
    const environment = scriptEnvironment({ address, folder: '/run' });
    expect(environment).toMatchObject({ HOME: '/run/home', TMPDIR: '/run/tmp' });
    expect(environment.PATH).toBe(['/run/bin', '/usr/bin', '/bin'].join(delimiter));
    vi.stubEnv('PATH', undefined);
    expect(scriptEnvironment({ address, folder: '/run' }).PATH).toMatch(/^\/run\/bin:.*\/bin$/);
  });

  it('passes on how to speak, and nothing that is a secret or steers programs', () => {
    const kept = { LANG: 'de_DE.UTF-8', TZ: 'Europe/Berlin', VIRTUAL_ENV: '/venv' };
    const secret = [
      'GITHUB_TOKEN',
      'GITHUB_ENV',
      'GITHUB_OUTPUT',
      'GITHUB_PATH',
      'GITHUB_STEP_SUMMARY',
      'ACTIONS_RUNTIME_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_URL',
      'INPUT_TOKEN',
      'AWS_SECRET_ACCESS_KEY',
      'NODE_OPTIONS',
      'LD_PRELOAD',
      'BASH_ENV',
      'PYTHONSTARTUP',
      'DOCKER_HOST',
      'SSH_AUTH_SOCK',
      'REDISCLI_AUTH',
      'VALKEY_PASSWORD',
    ];
    for (const [name, value] of Object.entries(kept)) vi.stubEnv(name, value);
    for (const name of secret) vi.stubEnv(name, 'geheim');
    const environment = scriptEnvironment({ address, folder: '/run' });
    expect(environment).toMatchObject(kept);
    expect(JSON.stringify(environment)).not.toContain('geheim');
  });

  it('leaves out what is not set', () => {
    vi.stubEnv('TZ', undefined);
    expect(scriptEnvironment({ address, folder: '/run' })).not.toHaveProperty('TZ');
  });
});
