import type { BoundPorts } from 'testcontainers';
import { GenericContainer, type WaitStrategy } from 'testcontainers';
import { ownerToken } from '../owner.ts';
import { SERVER_OPTIONS } from '../server-options.ts';

/** The label that marks our containers; its value is the owner's token. */
export const OWNER_LABEL = 'keyspace-grader.owner';

const PORT = 6379;

/** A throwaway Valkey server in a container, published on the loopback interface of the Docker host. */
export class ValkeyContainer extends GenericContainer {
  constructor(image: string) {
    super(image);
    this.withLabels({ [OWNER_LABEL]: ownerToken() })
      .withCommand(['valkey-server', '--port', String(PORT), '--protected-mode', 'no', ...SERVER_OPTIONS])
      .withExposedPorts(PORT)
      .withWaitStrategy(new NoWait())
      // The reaper would be one more image to pull: what a dead run leaves is swept by its label instead.
      .withAutoCleanup(false)
      .withSecurityOpt('no-new-privileges')
      .withResourcesQuota({ memory: 0.5 });
    this.hostConfig.PidsLimit = 64;
    if (engineIsOnThisMachine()) {
      this.hostConfig.PortBindings = { [`${PORT}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '0' }] };
    }
  }
}

function engineIsOnThisMachine(): boolean {
  return !process.env.DOCKER_HOST || process.env.DOCKER_HOST.startsWith('unix://');
}

/**
 * Does not wait: whether the server answers is asked by the protocol itself, which is quicker than every
 * strategy that reads logs or runs a program in the container.
 */
class NoWait implements WaitStrategy {
  async waitUntilReady(_container: unknown, _ports: BoundPorts): Promise<void> {
    return;
  }
  withStartupTimeout(_ms: number): WaitStrategy {
    return this;
  }
  isStartupTimeoutSet(): boolean {
    return true;
  }
  getStartupTimeout(): number {
    return 0;
  }
}
