import { trackCleanup } from '../base/cleanup.ts';
import type { Engine, RunningServer } from '../recording/engine/engine.ts';
import { EngineAround } from '../recording/engine/engine-around.ts';

/**
 * An engine that keeps servers ready: the next ones start while scripts run. Every server is still used once.
 */
export class WarmEngine extends EngineAround {
  /** Stops starting servers, and removes those that nobody took. */
  readonly close: () => Promise<void>;
  readonly #ready: Promise<RunningServer>[] = [];
  readonly #size: number;
  #closed = false;

  /** Keeps up to `size` servers ready, once a first one was asked for. */
  constructor(engine: Engine, size: number) {
    super(engine);
    this.#size = size;
    this.close = trackCleanup(async () => {
      this.#closed = true;
      const left = await Promise.allSettled(this.#ready.splice(0));
      await Promise.all(left.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
    });
  }

  protected async startOwn(): Promise<RunningServer> {
    // What kept one from starting ahead of time may be over by now: it is asked for anew.
    const next = this.#ready.shift()?.catch(() => this.engine.start()) ?? this.engine.start();
    try {
      return await next;
    } finally {
      this.#fill();
    }
  }

  #fill(): void {
    while (!this.#closed && this.#ready.length < this.#size) {
      const starting = this.engine.start();
      // Whoever takes it tries again.
      starting.catch(() => undefined);
      this.#ready.push(starting);
    }
  }
}
