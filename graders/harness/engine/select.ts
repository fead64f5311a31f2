import { InfrastructureError, messageOf } from '../errors.ts';
import type { ServerNetwork } from './docker/engine.ts';
import { askDocker, configuredHost, dockerAnswers } from './docker/ping.ts';
import type { Engine, EngineKind, Notify } from './engine.ts';
import { sweepStaleRuns } from './sweep.ts';

/** How long an engine may take to answer that was asked for by name, in ms. */
const ASKED_FOR_LIMIT_MS = 5000;

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
    await checkDockerAnswers();
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

/**
 * Says why no engine answers, before a Docker client is loaded that could say less, or would look for another
 * engine than the one that was named.
 */
async function checkDockerAnswers(): Promise<void> {
  const replies = await askDocker(ASKED_FOR_LIMIT_MS);
  if (replies.some(({ problem }) => problem === null)) return;
  // On Windows it listens at a pipe, which the Docker client knows how to find.
  if (process.platform === 'win32' && configuredHost() === undefined) return;
  const { dockerAbsence } = await import('./docker/absence.ts');
  const { reason, remedy } = dockerAbsence(replies);
  const mend = remedy === null ? 'Start it' : `Mend it with \`${remedy}\``;
  throw new InfrastructureError(
    `${reason}\n${mend}, or use \`--engine local\`. \`keyspace-grader doctor\` looks at the rest of this machine.`,
  );
}

async function docker(image: string, network: ServerNetwork, notify: Notify) {
  const { DockerEngine } = await import('./docker/engine.ts');
  return DockerEngine.prepare(image, network, notify);
}
