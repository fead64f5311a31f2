import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../base/errors.ts';
import { dockerode, ignoreGone } from './client.ts';

/** How long a container is waited for that another one still depends on, in ms, and how often it is tried. */
const DEPENDENT_LIMIT_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Removes a container, whether it runs or not, and its volumes; one that is gone is fine. Taking it down takes
 * Docker longer than judging what it served, and Docker goes on when nobody waits: once it has the request, this
 * is handed over. Where that fails nonetheless, the next run sweeps: the container's owner is dead by then.
 *
 * Podman does not remove a server's container while that of a script, which shares its network, is being removed.
 */
export async function removeContainer(id: string, handOver: (letGo: () => void) => void): Promise<void> {
  const limit = Date.now() + DEPENDENT_LIMIT_MS;
  for (;;) {
    try {
      await removeOnce(id, handOver);
      return;
    } catch (error) {
      if (!messageOf(error).includes('dependent containers') || Date.now() > limit) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

async function removeOnce(id: string, handOver: (letGo: () => void) => void): Promise<void> {
  const docker = await dockerode();
  const { socketPath } = docker.modem as { socketPath?: string };
  // Over a network a request may be lost on its way.
  if (!socketPath) {
    await docker.getContainer(id).remove({ force: true, v: true }).catch(ignoreGone);
    return;
  }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request(
      { socketPath, method: 'DELETE', path: `/containers/${id}?force=true&v=true`, agent: false },
      resolve,
    );
    asked.once('error', reject);
    asked.once('finish', () => handOver(() => asked.socket?.unref()));
    asked.end();
  });
  const { statusCode = 0 } = response;
  const answer = await text(response);
  if (statusCode < 200 || statusCode > 299) {
    ignoreGone(Object.assign(new Error(`(HTTP code ${statusCode}) ${answer.trim()}`), { statusCode }));
  }
}
