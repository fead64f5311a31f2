import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';

/** A socket in front of the machine's Docker engine, which can be taken away as if the engine had stopped. */
export interface DockerProxy {
  /** What DOCKER_HOST is to be. */
  readonly host: string;
  /** Ends every connection, and takes none any more. */
  cut(): Promise<void>;
}

/** Listens at `path`, and hands on all that comes to the engine's own socket. */
export async function startDockerProxy(path: string): Promise<DockerProxy> {
  const configured = process.env.DOCKER_HOST ?? '';
  const engine = configured.startsWith('unix://')
    ? configured.slice('unix://'.length)
    : '/var/run/docker.sock';
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ path: engine, allowHalfOpen: true });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      // An error closes the socket: see above.
      socket.on('error', () => undefined);
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  return {
    host: `unix://${path}`,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
      await rm(path, { force: true });
    },
  };
}
