import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Tells whether a Docker engine answers, without loading a Docker client: DOCKER_HOST where it is set,
 * otherwise the sockets at which testcontainers looks.
 */
export async function dockerAnswers(limitMs = 1000): Promise<boolean> {
  const answers = await Promise.all(dockerAddresses().map((address) => ping(address, limitMs)));
  return answers.includes(true);
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

function ping(address: string, limitMs: number): Promise<boolean> {
  const target = httpTarget(address);
  // A TLS endpoint needs certificates that only the Docker client knows how to find: believe it.
  if (target === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    const asked = request({ ...target, path: '/_ping', timeout: limitMs }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    const give = setTimeout(() => asked.destroy(new Error('no answer')), limitMs);
    asked.once('close', () => clearTimeout(give));
    asked.once('error', () => resolve(false));
    asked.end();
  });
}

function httpTarget(address: string): { socketPath: string } | { host: string; port: string } | undefined {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  if (process.env.DOCKER_TLS_VERIFY || !/^(tcp|http):/.test(address)) return undefined;
  const url = new URL(address.replace(/^tcp:/, 'http:'));
  return { host: url.hostname, port: url.port || '2375' };
}
