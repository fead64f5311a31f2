import { trackCleanup } from '../base/cleanup.ts';
import type { Engine, EngineKind, RunningServer } from '../recording/engine/engine.ts';

/**
 * An engine that keeps servers ready: the next ones start while scripts run. Every server is still used once.
 */
export class WarmEngine implements Engine {
  /** Stops starting servers, and removes those that nobody took. */
  readonly close: () => Promise<void>;
  readonly #engine: Engine;
  readonly #ready: Promise<RunningServer>[] = [];
  readonly #size: number;
  #closed = false;

  /** Keeps up to `size` servers ready, once a first one was asked for. */
  constructor(engine: Engine, size: number) {
    this.#engine = engine;
    this.#size = size;
    this.close = trackCleanup(async () => {
      this.#closed = true;
      const left = await Promise.allSettled(this.#ready.splice(0));
      await Promise.all(left.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined)));
    });
  }

  get kind(): EngineKind {
    return this.#engine.kind;
  }

  get image(): string | null {
    return this.#engine.image;
  }

  async start(image?: string): Promise<RunningServer> {
    // Of other images none is kept ready.
    if (image !== undefined) return this.#engine.start(image);
    // What kept one from starting ahead of time may be over by now: it is asked for anew.
    const next = this.#ready.shift()?.catch(() => this.#engine.start()) ?? this.#engine.start();
    try {
      return await next;
    } finally {
      this.#fill();
    }
  }

  #fill(): void {
    while (!this.#closed && this.#ready.length < this.#size) {
      const starting = this.#engine.start();
      // Whoever takes it tries again.
      starting.catch(() => undefined);
      this.#ready.push(starting);
    }
  }
}
