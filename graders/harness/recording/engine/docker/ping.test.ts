import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { askDocker, dockerAnswers } from './ping.ts';

let folder: string;
const servers: Server[] = [];

/** Something that listens as a Docker engine does, at a socket or (without a path) at a port. */
async function listen(answer: RequestListener, path?: string): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path ?? { port: 0, host: '127.0.0.1' }, resolve));
  const address = server.address();
  return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : `unix://${path}`;
}

const pong: RequestListener = (request, response) => {
  response.statusCode = request.url === '/_ping' ? 200 : 404;
  response.end('OK');
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ping-test-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

afterAll(() => removeFolder(folder));

describe('dockerAnswers', () => {
  it('finds an engine at a socket and at a port', async () => {
    vi.stubEnv('DOCKER_HOST', await listen(pong, join(folder, 'engine.sock')));
    expect(await dockerAnswers()).toBe(true);
    const address = await listen(pong);
    for (const scheme of ['tcp', 'http']) {
      vi.stubEnv('DOCKER_HOST', `${scheme}://${address}`);
      expect(await dockerAnswers()).toBe(true);
    }
  });

  it('finds none where nobody answers', async () => {
    for (const host of [
      'tcp://127.0.0.1:1',
      'http://127.0.0.1:1',
      `unix://${join(folder, 'no-such.sock')}`,
    ]) {
      vi.stubEnv('DOCKER_HOST', host);
      expect(await dockerAnswers()).toBe(false);
    }
  });

  it('finds none where somebody else answers', async () => {
    const broken: RequestListener = (_, response) => {
      response.statusCode = 500;
      response.end();
    };
    vi.stubEnv('DOCKER_HOST', `tcp://${await listen(broken)}`);
    expect(await dockerAnswers()).toBe(false);
  });

  it('finds none where the answer does not come in time', async () => {
    vi.stubEnv('DOCKER_HOST', `tcp://${await listen(() => undefined)}`);
    expect(await dockerAnswers(50)).toBe(false);
  });

  it('finds none where it could only believe that there is one', async () => {
    for (const [host, problem] of [
      ['ssh://user@example.test', /^an engine behind SSH cannot be used\. Forward its socket/],
      ['npipe:////./pipe/docker_engine', /Windows only/],
      ['fd://', /begins with unix:\/\/ or tcp:\/\//],
    ] as const) {
      vi.stubEnv('DOCKER_HOST', host);
      expect(await askDocker()).toMatchObject([{ address: host, problem: expect.stringMatching(problem) }]);
    }
    vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
    vi.stubEnv('DOCKER_TLS_VERIFY', '1');
    vi.stubEnv('DOCKER_CERT_PATH', folder);
    expect(await askDocker()).toMatchObject([
      { problem: `there is no ${join(folder, 'ca.pem')}, which TLS needs` },
    ]);
  });

  it('looks where testcontainers is told to look', async () => {
    vi.stubEnv('DOCKER_HOST', undefined);
    vi.stubEnv('HOME', folder);
    const properties = (host: string) => `# a comment\n docker.host = ${host}\nother=1\n`;
    const file = join(folder, '.testcontainers.properties');
    await writeFile(file, properties(`tcp://${await listen(pong)}`));
    expect(await dockerAnswers()).toBe(true);
    await writeFile(file, properties('tcp://127.0.0.1:1'));
    expect(await dockerAnswers()).toBe(false);
  });
});
