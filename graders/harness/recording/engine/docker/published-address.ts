import { isIPv4 } from 'node:net';

/** Where an engine publishes ports. */
export interface HostOfEngine {
  /** Where this process reaches them. */
  host: string;
  /** What the engine says of its machine. */
  operatingSystem: string;
  /** True for an engine that is reached over a network. */
  elsewhere: boolean;
}

/**
 * The address of the Docker host on which a server's port is published, or undefined for all of them: the
 * narrowest that this process can still reach, because the server asks for no password.
 *
 * The host is `localhost` beside the engine, and the gateway of a container's network for a process in a container that
 * was given the engine's socket: the loopback interface of the host cannot be reached from that one. The host of Docker Desktop is a virtual
 * machine whose gateway takes no port, and an engine elsewhere may be known by an address that is not its own.
 */
export function publishedAddress(
  { host, operatingSystem, elsewhere }: HostOfEngine,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  if (elsewhere || environment.TESTCONTAINERS_HOST_OVERRIDE) return undefined;
  if (host === 'localhost') return '127.0.0.1';
  return isIPv4(host) && operatingSystem !== 'Docker Desktop' ? host : undefined;
}
