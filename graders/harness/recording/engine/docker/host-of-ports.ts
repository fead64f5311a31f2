import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { isRecord } from './docker-config.ts';
import type { EngineTarget } from './docker-host.ts';
import { getFromEngine } from './engine-request.ts';

const LIMIT_MS = 5000;

/** What leads from a process in a container to the engine that runs it. */
interface Inspected {
  HostConfig?: { NetworkMode?: string };
  NetworkSettings?: { Networks?: Record<string, { Gateway?: string }> };
}

interface Network {
  IPAM?: { Config?: { Gateway?: string }[] | null };
}

/**
 * The host at which this process reaches the ports that an engine publishes: `localhost` beside it, and the gateway
 * of our own network for a process in a container that was given the engine's socket. Testcontainers would pull an
 * image to find that out. `root` is the folder in which this process sees its system.
 */
export async function hostOfPorts({ at }: EngineTarget, root = '/'): Promise<string> {
  const { TESTCONTAINERS_HOST_OVERRIDE } = process.env;
  if (TESTCONTAINERS_HOST_OVERRIDE) return TESTCONTAINERS_HOST_OVERRIDE;
  if ('host' in at) return at.host;
  if (!isInContainer(root)) return 'localhost';
  const target = { address: '', at, tls: null };
  const id = ownContainer(root);
  if (id === undefined) return (await bridgeGateway(target)) ?? defaultGateway(root) ?? 'localhost';
  const own = await inspected<Inspected>(target, `/containers/${id}/json`);
  // An engine that does not know us runs beside us, in the same container; with the host's network nothing is between.
  if (own === null || own.HostConfig?.NetworkMode === 'host') return 'localhost';
  const gateways = Object.values(own.NetworkSettings?.Networks ?? {}).map(({ Gateway }) => Gateway);
  return gateways.find(Boolean) ?? (await bridgeGateway(target)) ?? defaultGateway(root) ?? 'localhost';
}

/** True for a process in a container of Docker's or Podman's. */
export function isInContainer(root = '/'): boolean {
  return ['.dockerenv', 'run/.containerenv'].some((name) => existsSync(join(root, name)));
}

/** The id of the container that this process is in: engines mount what is of its own into it. Undefined if unknown. */
function ownContainer(root: string): string | undefined {
  const mounts = systemFile(root, 'proc/self/mountinfo');
  return /[/-]containers\/([\da-f]{64})\/\S* \/etc\/host/.exec(mounts)?.[1];
}

/** Not every engine tells it: one whose configuration was written by hand may leave it out. */
async function bridgeGateway(target: EngineTarget): Promise<string | undefined> {
  for (const name of ['bridge', 'podman']) {
    const network = await inspected<Network>(target, `/networks/${name}`);
    const gateway = network?.IPAM?.Config?.find(({ Gateway }) => Gateway)?.Gateway;
    if (gateway) return gateway;
  }
  return undefined;
}

/** The router of this process, which is the engine's machine, unless the engine's own network is seen from here. */
function defaultGateway(root: string): string | undefined {
  if (Object.keys(networkInterfaces()).some((name) => /^(?:docker|podman|cni-podman)\d/.test(name)))
    return undefined;
  const rows = systemFile(root, 'proc/net/route')
    .split('\n')
    .map((row) => row.split('\t'));
  const gateway = rows.find(([, destination]) => destination === '00000000')?.[2];
  return gateway
    ?.match(/../g)
    ?.reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}

/** What the engine says of a thing; null where it has none of that name, or does not say. */
async function inspected<Found>(target: EngineTarget, path: string): Promise<Found | null> {
  try {
    const response = await getFromEngine(target, path, LIMIT_MS);
    const content: unknown = await json(response);
    return response.statusCode === 200 && isRecord(content) ? (content as Found) : null;
  } catch {
    // Another way is tried, and what cannot be reached in the end is told then.
    return null;
  }
}

function systemFile(root: string, name: string): string {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    // Other systems have none.
    return '';
  }
}
