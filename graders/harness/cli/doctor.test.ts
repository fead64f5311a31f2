import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import type { Examination } from '../setup/doctor/examine.ts';
import { useCliFolder } from '../testing/cli.ts';
import { dockerForTests } from '../testing/docker.ts';

const NO_DOCKER = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
const docker = await dockerForTests();
const folder = useCliFolder();

async function examine(args: string[], env: Record<string, string | undefined> = {}) {
  const { code, stdout, stderr } = await folder.run(['doctor', '--json', ...args], { env });
  expect(stderr).toBe('');
  return { code, document: JSON.parse(stdout) as Examination & { version: number } };
}

/** An environment in which there is neither Docker nor Valkey nor a way to fetch it. */
async function bareEnvironment(): Promise<Record<string, string>> {
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  await symlink(process.execPath, join(bin, 'node'));
  return { ...NO_DOCKER, PATH: bin, XDG_CACHE_HOME: join(folder.path, 'cache') };
}

describe('keyspace-grader doctor', () => {
  it('starts a server with the local engine, and says that submissions can be graded', async () => {
    const { code, document } = await examine([], NO_DOCKER);
    expect(code).toBe(0);
    expect(document).toMatchObject({ version: 1, possible: true, engines: ['local'] });
    const finding = (id: string) => document.findings.find((found) => found.id === id);
    expect(finding('valkey-server')).toMatchObject({
      status: 'fine',
      found: expect.stringMatching(/^\d+\.\d+\.\d+ answers, /),
    });
    expect(finding('docker')).toMatchObject({ status: 'limited', remedy: 'unset DOCKER_HOST' });
    expect(await folder.names()).toEqual([]);
  });

  it.skipIf(!docker)('starts a server from the image', async () => {
    const { code, document } = await examine(['--engine', 'docker']);
    expect({ code, engines: document.engines }).toEqual({ code: 0, engines: ['docker'] });
    expect(document.findings.find(({ id }) => id === 'server-image')).toMatchObject({
      status: 'fine',
      found: expect.stringMatching(/a server from it answers \(valkey \d/),
    });
  });

  it.skipIf(!docker)('pulls nothing, and says which image scripts would need', async () => {
    const { code, document } = await examine([
      ...['--sandbox', 'container', '--image', '127.0.0.1:1/valkey:8.1', '--runtime-image', 'not/there:1'],
    ]);
    expect({ code, possible: document.possible }).toEqual({ code: 3, possible: false });
    expect(document.findings).toContainEqual(
      expect.objectContaining({
        id: 'server-image',
        status: 'limited',
        remedy: 'docker pull 127.0.0.1:1/valkey:8.1',
      }),
    );
    expect(document.findings).toContainEqual(
      expect.objectContaining({
        id: 'runtime-image',
        status: 'broken',
        remedy: expect.stringMatching(/^docker build/),
      }),
    );
  });

  it('says what is missing where there is no engine: exit code 3, within 80 columns', async () => {
    const { code, stdout, stderr } = await folder.run(['doctor'], { env: await bareEnvironment() });
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toMatch(/✗ Docker +No Docker engine answers at unix:\/\/\/nonexistent/);
    expect(stdout).toMatch(/✗ valkey-server +not there, and it cannot be fetched/);
    expect(stdout).toContain('Grading is not possible here: mend what is marked ✗ (one of Docker');
    expect(Math.max(...stdout.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
  });

  it('says that there is no room for temporary files, and tries nothing that needs some', async () => {
    const { code, document } = await examine([], { TMPDIR: '/nonexistent' });
    expect({ code, possible: document.possible, engines: document.engines }).toEqual({
      code: 3,
      possible: false,
      engines: [],
    });
    expect(document.findings.filter(({ status }) => status === 'broken').map(({ id }) => id)).toEqual([
      'temporary',
    ]);
  });
});
