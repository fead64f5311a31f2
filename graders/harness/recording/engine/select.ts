import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { ownCommand } from '../../base/text/own-command.ts';
import { ENGINES } from '../../evidence/environment.ts';
import type { ServerNetwork } from './docker/engine.ts';
import { askDocker, dockerAnswers } from './docker/ping.ts';
import type { Engine, EngineKind, Notify } from './engine.ts';
import { sweepStaleRuns } from './sweep.ts';

type Prepare = (image: string, network: ServerNetwork, notify: Notify) => Promise<Engine>;

interface KnownEngine {
  /** What servers are started with, in words. */
  title: string;
  /** Whether it is worth trying when no engine was named. Answers quickly. */
  isThere: () => Promise<boolean>;
  prepare: Prepare;
  /** Makes it ready when it was asked for by name; `prepare` is used if this is left out. */
  prepareNamed?: Prepare;
}

/** Every engine. Each is loaded only when it is used. */
const KNOWN: Readonly<Record<EngineKind, KnownEngine>> = {
  docker: {
    title: 'Docker',
    isThere: () => dockerAnswers(),
    prepare: docker,
    prepareNamed: async (image, network, notify) => {
      await checkDockerAnswers();
      return docker(image, network, notify);
    },
  },
  local: {
    title: 'a local valkey-server',
    isThere: async () => true,
    prepare: (_image, _network, notify) => local(notify),
  },
};

/** How long an engine may take to answer that was asked for by name, in ms. */
const ASKED_FOR_LIMIT_MS = 5000;

export interface EngineChoice {
  engine: EngineKind | 'auto';
  image: string;
}

/**
 * Makes the engine ready that was asked for. `auto` tries them in their order: it takes Docker where its engine
 * answers within a second and the image is to be had, otherwise the local engine.
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
  if (choice.engine !== 'auto') {
    const { prepare, prepareNamed = prepare } = KNOWN[choice.engine];
    return prepareNamed(choice.image, network, notify);
  }
  return firstUsable(choice.image, network, notify);
}

/** The first engine that is there and can be made ready. Throws what was wrong with each. */
async function firstUsable(image: string, network: ServerNetwork, notify: Notify): Promise<Engine> {
  const useless: { title: string; error: unknown }[] = [];
  for (const { title, isThere, prepare } of ENGINES.map((kind) => KNOWN[kind])) {
    if (!(await isThere())) continue;
    const before = useless.at(-1);
    if (before) {
      notify(`${before.title} is there, but of no use here: ${messageOf(before.error).split('\n')[0]}`);
      notify(`Grading with ${title} instead.`);
    }
    try {
      return await prepare(image, network, notify);
    } catch (error) {
      useless.push({ title, error });
    }
  }
  const [first, ...others] = useless.map(({ error }) => error);
  if (others.length === 0) throw first;
  throw new InfrastructureError([first, ...others].map(messageOf).join('\n'), { cause: first });
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
  const { diagnoseDocker } = await import('./docker/diagnosis.ts');
  const { reason, remedy } = diagnoseDocker(replies);
  const mend = remedy === null ? 'Start it' : `Mend it with \`${remedy}\``;
  throw new InfrastructureError(
    `${reason}\n${mend}, or use \`--engine local\`. \`${ownCommand('doctor')}\` looks at the rest of this machine.`,
  );
}

async function docker(image: string, network: ServerNetwork, notify: Notify) {
  const { DockerEngine } = await import('./docker/engine.ts');
  return DockerEngine.prepare(image, network, notify);
}
