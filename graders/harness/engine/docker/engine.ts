import type { StartedTestContainer } from 'testcontainers';
import { trackCleanup } from '../../cleanup.ts';
import { InfrastructureError, messageOf } from '../../errors.ts';
import { CommandConnection } from '../../valkey/command-connection.ts';
import type { Engine, Notify, RunningServer } from '../engine.ts';
import { describeEnd, pullImage, sweepContainers } from './client.ts';
import { ValkeyContainer } from './container.ts';

const READY_LIMIT_MS = 15_000;

/** Runs every server in a container of its own, through testcontainers. */
export class DockerEngine implements Engine {
  readonly kind = 'docker';
  readonly image: string;

  private constructor(image: string) {
    this.image = image;
  }

  /** Sweeps containers of dead runs and pulls the image where it is not there. Throws InfrastructureError. */
  static async prepare(image: string, notify: Notify): Promise<DockerEngine> {
    try {
      await sweepContainers();
    } catch (error) {
      throw new InfrastructureError(
        `No Docker engine answers: ${messageOf(error)}\nStart Docker (\`docker info\` tells whether it runs), or use \`--engine local\`.`,
        { cause: error },
      );
    }
    try {
      await pullImage(image, notify);
    } catch (error) {
      throw new InfrastructureError(
        `The image ${image} is not there and could not be pulled: ${messageOf(error)}\nTry \`docker pull ${image}\`, name another image with --image, or use \`--engine local\`.`,
        { cause: error },
      );
    }
    return new DockerEngine(image);
  }

  async start(): Promise<RunningServer> {
    const starting = new ValkeyContainer(this.image).start();
    // A signal may come while the container starts: it must go then too.
    const stop = trackCleanup(async () => {
      const container = await starting.catch(() => undefined);
      await container?.stop({ timeout: 0, remove: true, removeVolumes: true });
    });
    try {
      const container = await starting;
      const server = new DockerServer(container, stop);
      await server.ready();
      return server;
    } catch (error) {
      await stop();
      throw new InfrastructureError(
        `A container of ${this.image} could not be started: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }
}

class DockerServer implements RunningServer {
  readonly address;
  readonly stop: () => Promise<void>;
  readonly #container: StartedTestContainer;

  constructor(container: StartedTestContainer, stop: () => Promise<void>) {
    this.#container = container;
    this.stop = stop;
    // The port is published for IPv4 alone.
    const host = container.getHost();
    this.address = { host: host === 'localhost' ? '127.0.0.1' : host, port: container.getMappedPort(6379) };
  }

  /** Resolves when the server answers a PING: the published port takes connections before it does. */
  async ready(): Promise<void> {
    const limit = Date.now() + READY_LIMIT_MS;
    for (;;) {
      const problem = await this.#ping();
      if (problem === null) return;
      if (Date.now() > limit)
        throw new Error(`the server did not answer: ${problem}. ${(await this.end()) ?? ''}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async end(): Promise<string | null> {
    return describeEnd(this.#container.getId());
  }

  async #ping(): Promise<string | null> {
    try {
      const connection = await CommandConnection.open(this.address);
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
