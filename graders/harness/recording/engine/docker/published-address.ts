import { isIPv4 } from 'node:net';

/** The part of the environment that says where the Docker engine is. */
type DockerEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The address of the Docker host on which a server's port is published, or undefined for all of them: the
 * narrowest that this process can still reach, because the server asks for no password.
 *
 * `host` is where testcontainers reaches published ports. It is `localhost` beside the engine, and the gateway
 * of Docker's bridge for a process in a container that was given the engine's socket (`/.dockerenv` is there):
 * the loopback interface of the host cannot be reached from that one. The host of Docker Desktop is a virtual
 * machine whose gateway takes no port, and an engine elsewhere may be known by an address that is not its own.
 */
export function publishedAddress(
  { host, operatingSystem }: { host: string; operatingSystem: string },
  environment: DockerEnvironment = process.env,
): string | undefined {
  const elsewhere = environment.DOCKER_HOST && !environment.DOCKER_HOST.startsWith('unix://');
  if (elsewhere || environment.TESTCONTAINERS_HOST_OVERRIDE !== undefined) return undefined;
  if (host === 'localhost') return '127.0.0.1';
  return isIPv4(host) && operatingSystem !== 'Docker Desktop' ? host : undefined;
}
