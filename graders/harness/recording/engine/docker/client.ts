import { withVariables } from '../../../base/environment.ts';
import { InfrastructureError, messageOf } from '../../../base/errors.ts';
import { ownerState } from '../../../base/owner.ts';
import { keepToOwnPath } from '../../../base/which.ts';
import type { Notify, ServerEnd, ServerUsage } from '../engine.ts';
import { readDockerConfig } from './docker-config.ts';
import { findEngine } from './find-engine.ts';
import { hostOfPorts } from './host-of-ports.ts';
import { OWNER_LABEL } from './owner-label.ts';
import type { HostOfEngine } from './published-address.ts';
import { getContainerRuntimeClient, ImageName } from './testcontainers.ts';

/** A container whose owner cannot be seen from here (another host or namespace) is stale after this long: no grading takes it. */
const UNKNOWN_OWNER_LIMIT_S = 6 * 60 * 60;

type RuntimeClient = Awaited<ReturnType<typeof getContainerRuntimeClient>>;

let connected: Promise<RuntimeClient> | undefined;

/**
 * testcontainers' client of the engine that was found. Left alone it would look in fewer places, take another engine
 * where the one that was named does not answer, and pull an image to see where ports are published. Throws
 * InfrastructureError.
 */
function runtimeClient(): Promise<RuntimeClient> {
  connected ??= connect().catch((error: unknown) => {
    // It may be mended by the next time.
    connected = undefined;
    throw error;
  });
  return connected;
}

async function connect(): Promise<RuntimeClient> {
  const { address, target } = await findEngine();
  const client = await withVariables(
    {
      DOCKER_HOST: address,
      DOCKER_TLS_VERIFY: target.tls === null ? undefined : '1',
      DOCKER_CERT_PATH: target.tls?.folder ?? undefined,
      TESTCONTAINERS_HOST_OVERRIDE: await hostOfPorts(target),
    },
    getContainerRuntimeClient,
  );
  const { socketPath, host } = client.container.dockerode.modem as { socketPath?: string; host?: string };
  const [wanted, taken] =
    'socketPath' in target.at ? [target.at.socketPath, socketPath] : [target.at.host, host];
  if (taken?.replace(/^\[(.*)\]$/, '$1') === wanted) return client;
  throw new InfrastructureError(`The Docker engine at ${address} answers, but does not tell what it is.`);
}

/** Removes the containers of dead runs. Rejects where no Docker engine answers. */
export async function sweepContainers(): Promise<void> {
  const docker = await dockerode();
  const containers = await docker.listContainers({ all: true, filters: { label: [OWNER_LABEL] } });
  const stale = containers.filter(({ Labels, Created }) => {
    const state = ownerState(Labels[OWNER_LABEL] ?? '');
    return state === 'dead' || (state === 'unknown' && Date.now() / 1000 - Created > UNKNOWN_OWNER_LIMIT_S);
  });
  // Another run may be sweeping too.
  await Promise.all(
    stale.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)),
  );
}

/** Pulls an image where it is not there yet. Rejects with the registry's reason, and with what kept a password back. */
export async function pullImage(image: string, notify: Notify): Promise<void> {
  const client = await runtimeClient();
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) return;
  notify(`Pulling the image ${image} (once) …`);
  // In a test runner the path is that of other people's tests.
  const giveBack = keepToOwnPath();
  await client.image
    .pull(name)
    .catch((error: unknown) => {
      const { problem } = readDockerConfig();
      throw problem === null ? error : new Error(`${messageOf(error)} (${problem})`, { cause: error });
    })
    .finally(giveBack);
  if (!(await client.image.exists(name))) throw new Error('the pull ended without the image');
}

/** True where an image is there, without pulling it. */
export async function hasImage(image: string): Promise<boolean> {
  return (await runtimeClient()).image.exists(ImageName.fromString(image));
}

/** Where the engine publishes ports. */
export async function hostOfEngine(): Promise<HostOfEngine> {
  const { info, container } = await runtimeClient();
  const { host, operatingSystem } = info.containerRuntime;
  return { host, operatingSystem, elsewhere: Boolean((container.dockerode.modem as { host?: string }).host) };
}

/** How a container came to its end; null while it runs. */
export async function containerEnd(id: string): Promise<ServerEnd | null> {
  try {
    const { State } = await (await dockerode()).getContainer(id).inspect();
    if (State.Running) return null;
    const description = State.OOMKilled ? 'killed for want of memory' : `exit code ${State.ExitCode}`;
    return { description, outOfMemory: State.OOMKilled };
  } catch (error) {
    if (statusCode(error) === 404) return { description: 'its container was removed', outOfMemory: false };
    throw error;
  }
}

/** What a container has taken of the machine so far; null once it has ended. */
export async function containerUsage(id: string): Promise<ServerUsage | null> {
  const container = (await dockerode()).getContainer(id);
  try {
    // Of two looks Docker makes a rate, which takes it a second: one is enough.
    const stats = await container.stats({ stream: false, 'one-shot': true });
    const { cpu_stats, memory_stats } = stats;
    // A container that has ended has used nothing.
    if (!memory_stats.usage) return null;
    return { cpuMs: cpu_stats.cpu_usage.total_usage / 1e6, memoryBytes: memory_stats.usage };
  } catch (error) {
    ignoreGone(error);
    return null;
  }
}

/** Docker's own client, for what testcontainers has no name for. */
export async function dockerode() {
  return (await runtimeClient()).container.dockerode;
}

/** Accepts that a container is gone or going: another one may be removing it. */
export function ignoreGone(error: unknown): void {
  const code = statusCode(error);
  if (code !== 404 && code !== 409) throw error;
}

function statusCode(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
