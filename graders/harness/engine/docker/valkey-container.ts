import { SERVER_MEMORY_BYTES, SERVER_OPTIONS } from '../server-options.ts';
import { OwnedContainer } from './container.ts';

export const VALKEY_PORT = 6379;
const SOCKET_FOLDER = '/run/valkey';

/** A throwaway Valkey server in a container. */
export class ValkeyContainer extends OwnedContainer {
  /**
   * `socketFolder` is a folder of this machine in which the server opens `valkey.sock`: the container then
   * has no network at all. Without it the port is published on the loopback interface of the Docker host.
   */
  constructor(image: string, socketFolder?: string) {
    super(image, SERVER_MEMORY_BYTES, 64);
    const network = socketFolder === undefined ? ['--protected-mode', 'no'] : this.#isolate(socketFolder);
    this.withEntrypoint(['valkey-server']).withCommand([
      ...['--port', String(VALKEY_PORT), '--dir', '/tmp'],
      ...network,
      ...SERVER_OPTIONS,
    ]);
    // The official image declares a volume here: a tmpfs in its place leaves none behind.
    this.hostConfig.Tmpfs = { '/data': 'size=1m', '/tmp': 'size=1m' };
    if (socketFolder === undefined) this.#publish();
  }

  #isolate(folder: string): string[] {
    this.withNetworkMode('none');
    this.mount(folder, SOCKET_FOLDER);
    return ['--bind', '127.0.0.1', '--unixsocket', `${SOCKET_FOLDER}/valkey.sock`, '--unixsocketperm', '777'];
  }

  #publish(): void {
    this.withExposedPorts(VALKEY_PORT);
    if (engineIsOnThisMachine()) {
      this.hostConfig.PortBindings = { [`${VALKEY_PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] };
    }
  }
}

function engineIsOnThisMachine(): boolean {
  return !process.env.DOCKER_HOST || process.env.DOCKER_HOST.startsWith('unix://');
}
