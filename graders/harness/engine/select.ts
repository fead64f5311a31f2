import { InfrastructureError, messageOf } from '../errors.ts';
import type { ServerNetwork } from './docker/engine.ts';
import { configuredHost, dockerAnswers } from './docker/ping.ts';
import type { Engine, EngineKind, Notify } from './engine.ts';
import { sweepStaleRuns } from './sweep.ts';

export interface EngineChoice {
  engine: EngineKind | 'auto';
  image: string;
}

/**
 * Makes the engine ready that was asked for. `auto` takes Docker where its engine answers within a second
 * and a server can be started from the image, otherwise the local engine.
 * Each engine is loaded only when it is used: testcontainers alone takes longer to load than a local
 * server takes to grade. Throws InfrastructureError.
 */
export async function selectEngine(
  choice: EngineChoice,
  network: ServerNetwork,
  notify: Notify,
): Promise<Engine> {
  await sweepStaleRuns();
  if (choice.engine === 'local') return local(notify);
  if (choice.engine === 'docker') {
    await checkNamedHost();
    return docker(choice.image, network, notify);
  }
  if (!(await dockerAnswers())) return local(notify);
  try {
    return await docker(choice.image, network, notify);
  } catch (error) {
    notify(`Docker is there, but of no use here: ${messageOf(error).split('\n')[0]}`);
    notify('Grading with a local valkey-server instead.');
    try {
      return await local(notify);
    } catch (second) {
      throw new InfrastructureError(`${messageOf(error)}\n${messageOf(second)}`, { cause: error });
    }
  }
}

async function local(notify: Notify) {
  const { LocalEngine } = await import('./local/engine.ts');
  return LocalEngine.prepare(notify);
}

/** Where the engine that was named does not answer, testcontainers would look for another one. */
async function checkNamedHost(): Promise<void> {
  const host = configuredHost();
  if (!host || (await dockerAnswers())) return;
  throw new InfrastructureError(
    `No Docker engine answers at ${host}.\nStart it (\`docker info\` tells whether it runs), or use \`--engine local\`.`,
  );
}

async function docker(image: string, network: ServerNetwork, notify: Notify) {
  const { DockerEngine } = await import('./docker/engine.ts');
  return DockerEngine.prepare(image, network, notify);
}
