import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import { readPlainFile } from '../../../base/plain-file.ts';
import { contextEndpoint } from './contexts.ts';
import { dockerConfigFolder, readDockerConfig } from './docker-config.ts';
import { type EngineTarget, parseDockerHost, type UnusableAddress } from './docker-host.ts';

/** Where an engine may be, and who says so. */
export interface EngineAddress {
  target: EngineTarget | UnusableAddress;
  /** The setting that names it, and the command that takes it back; null for a place at which engines usually are. */
  named: { by: string; remedy: string | null } | null;
}

const PROPERTIES = '.testcontainers.properties';
const SIZE_LIMIT = 1024 * 1024;

/**
 * Where an engine is looked for, the first that answers first. What the user names is all there is: DOCKER_HOST, or
 * a context in DOCKER_CONTEXT. A context that `docker context use` chose comes before the usual places.
 */
export function engineAddresses(): EngineAddress[] {
  const { DOCKER_HOST, DOCKER_CONTEXT } = process.env;
  let properties: Record<string, string>;
  try {
    properties = testcontainersProperties();
  } catch (error) {
    // Testcontainers could not read them either, and would find no engine.
    return [{ target: { address: `~/${PROPERTIES}`, unusable: messageOf(error) }, named: null }];
  }
  const named = (text: string, by: string, remedy: string | null) =>
    namedAddress(text, properties, { by, remedy });
  const remote = properties['tc.host'];
  const first = remote ? [named(remote, `~/${PROPERTIES} names it`, null)] : [];
  if (DOCKER_HOST)
    return [...first, named(DOCKER_HOST, 'the variable DOCKER_HOST names it', 'unset DOCKER_HOST')];
  const configured = properties['docker.host'];
  if (configured) return [...first, named(configured, `~/${PROPERTIES} names it`, null)];
  if (DOCKER_CONTEXT) {
    const chosen = contextAddress(
      DOCKER_CONTEXT,
      'the variable DOCKER_CONTEXT names it',
      'unset DOCKER_CONTEXT',
    );
    return chosen ? [...first, chosen] : [...first, ...usualAddresses()];
  }
  const { currentContext = 'default' } = readDockerConfig();
  const current = contextAddress(
    currentContext,
    '`docker context use` chose it',
    'docker context use default',
  );
  return [...first, ...(current ? [current] : []), ...usualAddresses()];
}

/** Undefined for the context that means the usual places. */
function contextAddress(name: string, by: string, remedy: string): EngineAddress | undefined {
  if (name === 'default') return undefined;
  const context = `the Docker context "${name}"`;
  const endpoint = contextEndpoint(name);
  if (endpoint.host === null)
    return { target: { address: context, unusable: endpoint.problem }, named: { by, remedy } };
  const { certificates } = endpoint;
  const tls = { verify: certificates !== null, folder: certificates };
  return { target: parseDockerHost(endpoint.host, tls), named: { by: `${context} names it`, remedy } };
}

function namedAddress(
  text: string,
  properties: Record<string, string>,
  named: EngineAddress['named'],
): EngineAddress {
  const { DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = process.env;
  const verify = Boolean(DOCKER_TLS_VERIFY || properties['docker.tls.verify'] === '1');
  const given = DOCKER_CERT_PATH || properties['docker.cert.path'];
  const folder = given || (verify ? dockerConfigFolder() : null);
  return { target: parseDockerHost(text, { verify, folder }), named };
}

/** The sockets of Docker, with and without root, of Docker Desktop, and of others on a Mac, that are there. */
function usualAddresses(): EngineAddress[] {
  const home = homedir();
  const user = process.getuid?.() ?? 0;
  const runtime = process.env.XDG_RUNTIME_DIR;
  const paths = [
    '/var/run/docker.sock',
    ...(runtime ? [join(runtime, '.docker/run/docker.sock'), join(runtime, 'docker.sock')] : []),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    `/run/user/${user}/docker.sock`,
    join(home, '.colima/default/docker.sock'),
    join(home, '.orbstack/run/docker.sock'),
    join(home, '.rd/docker.sock'),
  ].filter((path) => existsSync(path));
  return [...new Set(paths)].map((path) => ({
    target: parseDockerHost(`unix://${path}`, { verify: false, folder: null }),
    named: null,
  }));
}

/** What testcontainers' own settings say. Throws UnreadableFileError. */
function testcontainersProperties(): Record<string, string> {
  const text = readPlainFile(join(homedir(), PROPERTIES), SIZE_LIMIT)?.toString() ?? '';
  const entries = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at === -1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
  });
  return Object.fromEntries(entries);
}
