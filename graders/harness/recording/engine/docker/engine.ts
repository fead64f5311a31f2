import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { cleanUpLater } from '../../../base/cleanup.ts';
import { InfrastructureError, messageOf } from '../../../base/errors.ts';
import { makeScratchFolder } from '../../../base/scratch-folder.ts';
import { connectOptions, type ServerAddress } from '../../../valkey/client/address.ts';
import { CommandConnection } from '../../../valkey/client/command-connection.ts';
import type { Engine, Notify, RunningServer, ServerEnd, ServerUsage } from '../engine.ts';
import { containerEnd, containerUsage, hostOfEngine, pullImage, sweepContainers } from './client.ts';
import { reasonOf } from './mount-fault.ts';
import { publishedAddress } from './published-address.ts';
import { VALKEY_PORT, ValkeyContainer } from './valkey-container.ts';

/** How long a server may take to answer, in ms: a machine at rest needs none of it, a busy one some. */
const READY_LIMIT_MS = 60_000;

/** How servers are reached: through a published port, or through a unix socket and no network at all. */
export type ServerNetwork = 'published' | 'none';

/** Runs every server in a container of its own, through testcontainers. */
export class DockerEngine implements Engine {
  readonly kind = 'docker';
  readonly image: string;
  readonly #network: ServerNetwork;
  readonly #publishOn: string | undefined;
  readonly #notify: Notify;
  /** Images that are being pulled or were, by their names. */
  readonly #pulled = new Map<string, Promise<void>>();

  private constructor(
    image: string,
    { network, publishOn, notify }: { network: ServerNetwork; publishOn: string | undefined; notify: Notify },
  ) {
    this.image = image;
    this.#notify = notify;
    this.#network = network;
    this.#publishOn = publishOn;
  }

  /** Sweeps containers of dead runs and pulls the image where it is not there. Throws InfrastructureError. */
  static async prepare(image: string, network: ServerNetwork, notify: Notify): Promise<DockerEngine> {
    try {
      await sweepContainers();
    } catch (error) {
      if (error instanceof InfrastructureError) throw error;
      throw new InfrastructureError(
        `No Docker engine answers: ${messageOf(error)}\nStart Docker (\`docker info\` tells whether it runs), or use \`--engine local\`.`,
        { cause: error },
      );
    }
    await pull(image, notify);
    return new DockerEngine(image, { network, publishOn: publishedAddress(await hostOfEngine()), notify });
  }

  /** Pulls an image that is not that of the engine, once. */
  async #pull(image: string): Promise<void> {
    if (image === this.image) return;
    const pulling = this.#pulled.get(image) ?? pull(image, this.#notify);
    this.#pulled.set(image, pulling);
    await pulling;
  }

  async start(image = this.image): Promise<RunningServer> {
    await this.#pull(image);
    const folder = this.#network === 'none' ? await makeSocketFolder() : undefined;
    const container = new ValkeyContainer(
      image,
      folder ? { socketFolder: folder.path } : { publishOn: this.#publishOn },
    );
    const stop = async () => {
      await container.remove();
      await folder?.remove();
    };
    try {
      const started = await container.start();
      const server = new DockerServer(started, addressOf(started, folder?.path), stop);
      await server.ready();
      return server;
    } catch (error) {
      // Where Docker itself is gone, removing fails too: that is told beside the fault, and not in its place.
      cleanUpLater(stop);
      throw new InfrastructureError(
        `A container of ${image} could not be started: ${reasonOf(error, folder?.path)}`,
        { cause: error },
      );
    }
  }
}

async function pull(image: string, notify: Notify): Promise<void> {
  try {
    await pullImage(image, notify);
  } catch (error) {
    throw new InfrastructureError(
      `The image ${image} is not there and could not be pulled: ${messageOf(error)}\nTry \`docker pull ${image}\`, name another image with --image, or use \`--engine local\`.`,
      { cause: error },
    );
  }
}

/**
 * A folder in which a server, whoever it runs as, may open a socket. It lies in a folder that nobody but the
 * grader may enter.
 */
async function makeSocketFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const scratch = await makeScratchFolder(undefined, 'sockets');
  const path = join(scratch.path, 'socket');
  await mkdir(path);
  await chmod(path, 0o777);
  return { path, remove: scratch.remove };
}

function addressOf(container: StartedTestContainer, socketFolder: string | undefined): ServerAddress {
  if (socketFolder !== undefined) {
    return { host: '127.0.0.1', port: VALKEY_PORT, socketPath: join(socketFolder, 'valkey.sock') };
  }
  // The port is published for IPv4 alone.
  const host = container.getHost();
  return { host: host === 'localhost' ? '127.0.0.1' : host, port: container.getMappedPort(VALKEY_PORT) };
}

class DockerServer implements RunningServer {
  readonly address: ServerAddress;
  readonly container: string;
  readonly stop: () => Promise<void>;

  constructor(container: StartedTestContainer, address: ServerAddress, stop: () => Promise<void>) {
    this.container = container.getId();
    this.address = address;
    this.stop = stop;
  }

  /** Resolves when the server answers a PING: the published port takes connections before it does. */
  async ready(): Promise<void> {
    const limit = Date.now() + READY_LIMIT_MS;
    for (;;) {
      const problem = await this.#ping();
      if (problem === null) return;
      const end = await this.end();
      if (end) throw new Error(`the server ended at once: ${end.description}`);
      if (Date.now() > limit) throw new Error(`the server did not answer: ${problem}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async end(): Promise<ServerEnd | null> {
    return containerEnd(this.container);
  }

  async usage(): Promise<ServerUsage | null> {
    return containerUsage(this.container);
  }

  async #ping(): Promise<string | null> {
    try {
      const connection = await CommandConnection.open(connectOptions(this.address));
      try {
        const reply = await connection.send([Buffer.from('PING')]);
        return reply.type === 'status' ? null : JSON.stringify(reply);
      } finally {
        connection.close();
      }
    } catch (error) {
      return messageOf(error);
    }
  }
}
