import { messageOf } from '../../../base/errors.ts';
import { type EngineAddress, engineAddresses } from './addresses.ts';
import type { EngineTarget } from './docker-host.ts';
import { getFromEngine } from './engine-request.ts';

/** What became of asking for a Docker engine at one address. */
export interface DockerReply extends Pick<EngineAddress, 'named'> {
  address: string;
  /** Where it is spoken to; null where nobody can be asked there. */
  target: EngineTarget | null;
  /** Why none answers there, as an error code or in words; null where one does. */
  problem: string | null;
  /** What it calls itself, such as `Docker/28.0.1 (linux)`; null where it does not, or nobody could ask. */
  product: string | null;
}

/** How long an engine may take to answer that nobody asked for by name, in ms. */
const LIMIT_MS = 1000;

/** Tells whether a Docker engine answers: see {@link askDocker}. */
export async function dockerAnswers(limitMs = LIMIT_MS): Promise<boolean> {
  return (await askDocker(limitMs)).some(({ problem }) => problem === null);
}

/**
 * Asks for a Docker engine, without loading a Docker client, wherever one may be. The first that answers is the one to
 * use. No reply at all where there is no such place.
 */
export function askDocker(limitMs = LIMIT_MS): Promise<DockerReply[]> {
  return Promise.all(engineAddresses().map((address) => ask(address, limitMs)));
}

async function ask({ target, named }: EngineAddress, limitMs: number): Promise<DockerReply> {
  const { address } = target;
  if ('unusable' in target) return { address, named, target: null, problem: target.unusable, product: null };
  try {
    const response = await getFromEngine(target, '/_ping', limitMs);
    response.resume();
    const { statusCode, headers } = response;
    const problem = statusCode === 200 ? null : `it answers with status ${statusCode}`;
    const product = typeof headers.server === 'string' ? headers.server : null;
    return { address, named, target, problem, product };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { address, named, target, problem: code ?? messageOf(error), product: null };
  }
}
