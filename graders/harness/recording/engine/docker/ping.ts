import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What became of asking for a Docker engine at one address. */
export interface DockerReply {
  address: string;
  /** Why none answers there, as an error code or in words; null where one does. */
  problem: string | null;
  /** What it calls itself, such as `Docker/28.0.1 (linux)`; null where it does not, or nobody could ask. */
  product: string | null;
}

/** Tells whether a Docker engine answers: see {@link askDocker}. */
export async function dockerAnswers(limitMs = 1000): Promise<boolean> {
  return (await askDocker(limitMs)).some(({ problem }) => problem === null);
}

/**
 * Asks for a Docker engine, without loading a Docker client: at DOCKER_HOST where it is set, otherwise at the
 * sockets at which testcontainers looks. No reply at all where there is no such socket.
 */
export function askDocker(limitMs = 1000): Promise<DockerReply[]> {
  return Promise.all(dockerAddresses().map((address) => ping(address, limitMs)));
}

/** The engine that the user has named: DOCKER_HOST, or testcontainers' own setting; undefined for none. */
export function configuredHost(): string | undefined {
  return process.env.DOCKER_HOST || testcontainersProperty('docker.host');
}

function dockerAddresses(): string[] {
  const configured = configuredHost();
  if (configured) return [configured];
  const home = homedir();
  const runtime = process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`;
  return [
    '/var/run/docker.sock',
    join(runtime, '.docker/run/docker.sock'),
    join(runtime, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
  ]
    .filter((path) => existsSync(path))
    .map((path) => `unix://${path}`);
}

function testcontainersProperty(name: string): string | undefined {
  const file = join(homedir(), '.testcontainers.properties');
  if (!existsSync(file)) return undefined;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((entry) => entry.split('=')[0]?.trim() === name);
  return line?.slice(line.indexOf('=') + 1).trim();
}

function ping(address: string, limitMs: number): Promise<DockerReply> {
  const target = httpTarget(address);
  // A TLS endpoint needs certificates that only the Docker client knows how to find: believe it.
  if (target === undefined) return Promise.resolve({ address, problem: null, product: null });
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: limitMs }, (response) => {
      response.resume();
      const { statusCode, headers } = response;
      const problem = statusCode === 200 ? null : `it answers with status ${statusCode}`;
      const product = typeof headers.server === 'string' ? headers.server : null;
      resolve({ address, problem, product });
    });
    const give = setTimeout(() => asked.destroy(new Error(`no answer within ${limitMs} ms`)), limitMs);
    asked.once('close', () => clearTimeout(give));
    asked.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ address, problem: error.code ?? error.message, product: null }),
    );
    asked.end();
  });
}

function httpTarget(address: string): { socketPath: string } | { host: string; port: string } | undefined {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  if (process.env.DOCKER_TLS_VERIFY || !/^(tcp|http):/.test(address)) return undefined;
  const url = new URL(address.replace(/^tcp:/, 'http:'));
  return { host: url.hostname, port: url.port || '2375' };
}
