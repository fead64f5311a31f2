import type { BoundPorts, StartedTestContainer, WaitStrategy } from 'testcontainers';
import { trackCleanup } from '../../../base/cleanup.ts';
import { ownerToken } from '../../../base/owner.ts';
import { OWNER_LABEL } from './owner-label.ts';
import { removeContainer } from './removal.ts';
import { GenericContainer } from './testcontainers.ts';

/** Nobody: neither a server nor a script needs rights on the machine. */
export const UNPRIVILEGED_USER = '65534:65534';

/**
 * A container of ours: marked with its owner, without any right that it does not need, and removed on
 * every way out, from the moment on at which it is created.
 */
export abstract class OwnedContainer extends GenericContainer {
  /** Removes the container, whether it runs or not. May be called again. */
  readonly remove: () => Promise<void>;
  #id: string | undefined;
  #created: () => void = () => undefined;
  #creating: Promise<void> | undefined;

  constructor(image: string, memoryBytes: number, processes: number) {
    super(image);
    this.withLabels({ [OWNER_LABEL]: ownerToken() })
      .withWaitStrategy(new NoWait())
      // The reaper would be one more image to pull: what a dead run leaves is swept by its label instead.
      .withAutoCleanup(false)
      .withUser(UNPRIVILEGED_USER)
      .withDroppedCapabilities('ALL')
      .withSecurityOpt('no-new-privileges');
    this.hostConfig.ReadonlyRootfs = true;
    this.hostConfig.PidsLimit = processes;
    this.hostConfig.Memory = memoryBytes;
    this.hostConfig.MemorySwap = memoryBytes;
    // One processor: a server has one thread for commands, and whatever else starts in it shares that.
    this.hostConfig.NanoCpus = 1_000_000_000;
    // What a container prints is read while it runs or not at all: nothing of it is to fill a disk.
    this.hostConfig.LogConfig = { Type: 'none', Config: {} };
    this.remove = trackCleanup(async (handOver) => {
      await this.#creating;
      if (this.#id !== undefined) await removeContainer(this.#id, handOver);
    });
  }

  /**
   * Shows the container a folder or a file of this machine. Docker's older way (Binds) would make the folder anew where
   * it was just removed.
   */
  protected mount(path: string, target: string, options: { ReadOnly?: boolean } = {}): void {
    this.hostConfig.Mounts = [
      ...(this.hostConfig.Mounts ?? []),
      { Type: 'bind', Source: path, Target: target, ...options },
    ];
  }

  /** Whoever removes the container meanwhile waits until it is there: Docker creates it in any case. */
  override async start(): Promise<StartedTestContainer> {
    this.#creating = new Promise((resolve) => {
      this.#created = resolve;
    });
    return super.start().finally(this.#created);
  }

  /** Docker's id of the container. There once it was created. */
  get id(): string {
    if (this.#id === undefined) throw new Error('the container was not created');
    return this.#id;
  }

  protected override async containerCreated(id: string): Promise<void> {
    this.#id = id;
    this.#created();
  }
}

/**
 * Does not wait: whether a server answers is asked by the protocol itself, which is quicker than every
 * strategy that reads logs or runs a program in the container, and a script has nothing to wait for.
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
