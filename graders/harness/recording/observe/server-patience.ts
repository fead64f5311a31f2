import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError } from '../../base/errors.ts';
import type { RunningServer } from '../engine/engine.ts';

/** How often is asked what a server has taken, in ms. */
const LOOK_MS = 100;
/** How long a server may do nothing at all for an answer, in ms: it is stopped, or its machine has no time for it. */
const STANDSTILL_LIMIT_MS = 60_000;

/**
 * Measures how long a server has worked since it was made, so that no limit depends on how busy the machine is: a
 * server that has to wait for the processor is given the more time.
 */
export class ServerPatience {
  readonly #server: RunningServer;
  readonly #began = performance.now();
  #cpuBefore: number | undefined;

  constructor(server: RunningServer) {
    this.#server = server;
  }

  /** Processor time since it was asked first, in ms; if that is unknown, the time that passed since it was made. */
  async spentMs(): Promise<number> {
    // An engine that does not answer any more knows nothing of it either.
    const usage = await this.#server.usage().catch(() => null);
    if (usage === null) return performance.now() - this.#began;
    this.#cpuBefore ??= usage.cpuMs;
    return usage.cpuMs - this.#cpuBefore;
  }

  /**
   * Resolves once the server has worked for so many ms. Rejects with InfrastructureError if it does nothing: that is
   * no doing of commands. Ends with the signal, by an AbortError.
   */
  async runsOut(limitMs: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(LOOK_MS, undefined, { signal });
      if ((await this.spentMs()) >= limitMs) return;
      if (performance.now() - this.#began > STANDSTILL_LIMIT_MS) {
        throw new InfrastructureError(
          `The grading server did not answer for ${STANDSTILL_LIMIT_MS / 1000} s, and it was hardly given the processor: it is stopped, or the machine is overloaded.`,
        );
      }
    }
  }
}
