import { SERVER_MEMORY_BYTES, SERVER_OPTIONS } from '../server-options.ts';
import { OwnedContainer } from './container.ts';

export const VALKEY_PORT = 6379;
const SOCKET_FOLDER = '/run/valkey';

/** A throwaway Valkey server in a container. */
export class ValkeyContainer extends OwnedContainer {
  /**
   * With `socketFolder`, a folder of this machine in which the server opens `valkey.sock`, the container has
   * no network at all. With `publishOn` its port is published on that address of the Docker host, or on every
   * address where it is undefined.
   */
  constructor(image: string, reach: { socketFolder: string } | { publishOn: string | undefined }) {
    super(image, SERVER_MEMORY_BYTES, 64);
    const network =
      'socketFolder' in reach ? this.#isolate(reach.socketFolder) : this.#publish(reach.publishOn);
    this.withEntrypoint(['valkey-server']).withCommand([
      ...['--port', String(VALKEY_PORT), '--dir', '/tmp'],
      ...network,
      ...SERVER_OPTIONS,
    ]);
    // The official image declares a volume here: a tmpfs in its place leaves none behind.
    this.hostConfig.Tmpfs = { '/data': 'size=1m', '/tmp': 'size=1m' };
  }

  #isolate(folder: string): string[] {
    this.withNetworkMode('none');
    this.mount(folder, SOCKET_FOLDER);
    return ['--bind', '127.0.0.1', '--unixsocket', `${SOCKET_FOLDER}/valkey.sock`, '--unixsocketperm', '777'];
  }

  #publish(address: string | undefined): string[] {
    this.withExposedPorts(VALKEY_PORT);
    if (address !== undefined) {
      this.hostConfig.PortBindings = { [`${VALKEY_PORT}/tcp`]: [{ HostIp: address, HostPort: '0' }] };
    }
    return ['--protected-mode', 'no'];
  }
}
