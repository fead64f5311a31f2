import { InfrastructureError } from '../../base/errors.ts';
import { ENGINES } from '../../evidence/environment.ts';
import { type Absence, FirstUsableEngine } from './auto.ts';
import { dockerAbsence } from './docker/absence.ts';
import type { ServerNetwork } from './docker/engine.ts';
import type { Engine, EngineKind, Notify } from './engine.ts';
import { sweepStaleRuns } from './sweep.ts';

type Prepare = (image: string, network: ServerNetwork, notify: Notify) => Promise<Engine>;

interface KnownEngine {
  /** What servers are started with, in words. */
  title: string;
  /** Whether it is worth trying when no engine was named, and why not. Answers quickly. */
  absence: () => Promise<Absence | null>;
  prepare: Prepare;
}

/** Every engine. Each is loaded only when it is used. */
const KNOWN: Readonly<Record<EngineKind, KnownEngine>> = {
  docker: {
    title: 'Docker',
    absence: dockerAbsence,
    prepare: async (image, network, notify) => {
      // Whether an engine answers is asked before a Docker client is loaded, which takes its time.
      const { findEngine } = await import('./docker/find-engine.ts');
      await findEngine();
      const { DockerEngine } = await import('./docker/engine.ts');
      return DockerEngine.prepare(image, network, notify);
    },
  },
  local: {
    title: 'a local valkey-server',
    absence: async () => null,
    prepare: async (_image, _network, notify) => {
      const { LocalEngine } = await import('./local/engine.ts');
      return LocalEngine.prepare(notify);
    },
  },
};

export interface EngineChoice {
  engine: EngineKind | 'auto';
  image: string;
}

/**
 * Makes the engine ready that was asked for. `auto` tries them in their order: it takes Docker where its engine
 * answers within a second, the image is to be had and a server starts, otherwise the local engine.
 * Each engine is loaded only when it is used: testcontainers alone takes longer to load than a local
 * server takes to grade. Throws InfrastructureError.
 */
export async function selectEngine(
  choice: EngineChoice,
  network: ServerNetwork,
  notify: Notify,
): Promise<Engine> {
  if (process.platform === 'win32')
    throw new InfrastructureError(
      'Servers and scripts can be started on Linux and macOS, not on Windows itself.\nRun the same command in WSL 2: `wsl --install` sets it up, and Node is installed in it as on Ubuntu.',
    );
  await sweepStaleRuns();
  if (choice.engine !== 'auto') return KNOWN[choice.engine].prepare(choice.image, network, notify);
  const candidates = ENGINES.map((kind) => {
    const { title, absence, prepare } = KNOWN[kind];
    return { title, absence, prepare: () => prepare(choice.image, network, notify) };
  });
  return FirstUsableEngine.prepare(candidates, notify);
}
