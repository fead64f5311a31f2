import { getContainerRuntimeClient, ImageName } from 'testcontainers';
import type { Notify } from '../engine.ts';
import { ownerState } from '../owner.ts';
import { OWNER_LABEL } from './container.ts';

/** A container whose owner cannot be seen from here (another host or namespace) is stale after this long: no grading takes it. */
const UNKNOWN_OWNER_LIMIT_S = 6 * 60 * 60;

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

/** Pulls an image where it is not there yet. Rejects with the registry's reason. */
export async function pullImage(image: string, notify: Notify): Promise<void> {
  const client = await getContainerRuntimeClient();
  const name = ImageName.fromString(image);
  if (await client.image.exists(name)) return;
  notify(`Pulling the image ${image} (once) …`);
  await client.image.pull(name);
  if (!(await client.image.exists(name))) throw new Error('the pull ended without the image');
}

/** How a container came to its end, in words; null while it runs. */
export async function describeEnd(id: string): Promise<string | null> {
  try {
    const { State } = await (await dockerode()).getContainer(id).inspect();
    if (State.Running) return null;
    return State.OOMKilled ? 'killed for want of memory' : `exit code ${State.ExitCode}`;
  } catch (error) {
    if (statusCode(error) === 404) return 'its container was removed';
    throw error;
  }
}

async function dockerode() {
  return (await getContainerRuntimeClient()).container.dockerode;
}

function ignoreGone(error: unknown): void {
  const code = statusCode(error);
  if (code !== 404 && code !== 409) throw error;
}

function statusCode(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode;
}
