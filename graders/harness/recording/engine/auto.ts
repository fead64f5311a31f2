import { InfrastructureError, messageOf } from '../../base/errors.ts';
import type { Engine, EngineKind, Notify, RunningServer } from './engine.ts';

/** Why an engine is not worth trying; the reason is null where nothing says that it might be there. */
export interface Absence {
  reason: string | null;
}

/** An engine that may be used where none was named. */
export interface Candidate {
  /** What servers are started with, in words. */
  title: string;
  /** Why it is not worth trying; null where it is. Answers quickly. */
  absence(): Promise<Absence | null>;
  /** Makes it ready. Throws what keeps it from that. */
  prepare(): Promise<Engine>;
}

/**
 * The first of several engines that works: one that cannot be made ready gives way to the next, and so does one whose
 * first server does not start. Somebody who waits is told why. Later on the engine stays: what goes wrong with one
 * server of many is no reason to grade the rest in another way.
 */
export class FirstUsableEngine implements Engine {
  readonly #left: Candidate[];
  readonly #notify: Notify;
  readonly #faults: unknown[] = [];
  #engine!: Engine;
  #title = '';
  #isProven = false;
  #next: Promise<void> | undefined;

  private constructor(candidates: readonly Candidate[], notify: Notify) {
    this.#left = [...candidates];
    this.#notify = notify;
  }

  /** Throws InfrastructureError: what is wrong with each. */
  static async prepare(candidates: readonly Candidate[], notify: Notify): Promise<FirstUsableEngine> {
    const engine = new FirstUsableEngine(candidates, notify);
    await engine.#takeNext(null);
    return engine;
  }

  get kind(): EngineKind {
    return this.#engine.kind;
  }

  get image(): string | null {
    return this.#engine.image;
  }

  async start(image?: string): Promise<RunningServer> {
    await this.#next;
    const engine = this.#engine;
    try {
      const server = await engine.start(image);
      this.#isProven = true;
      return server;
    } catch (error) {
      // Several servers are started at once: whoever comes second finds the next engine taken, or being taken.
      if (engine === this.#engine && this.#next === undefined) {
        if (this.#isProven || this.#left.length === 0) throw error;
        this.#next = this.#takeNext(this.#useless(error)).finally(() => {
          this.#next = undefined;
        });
      }
      await this.#next;
      return this.start(image);
    }
  }

  /** Makes the next one ready that is worth it, and says why it is taken. */
  async #takeNext(before: string | null): Promise<void> {
    let reason = before;
    for (let candidate = this.#left.shift(); candidate; candidate = this.#left.shift()) {
      const absence = await candidate.absence();
      if (absence) {
        reason = absence.reason ?? reason;
        continue;
      }
      this.#title = candidate.title;
      if (reason !== null) this.#notify(`${reason} Grading with ${candidate.title} instead.`);
      try {
        this.#engine = await candidate.prepare();
        return;
      } catch (error) {
        reason = this.#useless(error);
      }
    }
    const [first, ...others] = this.#faults;
    if (others.length === 0) throw first;
    throw new InfrastructureError(this.#faults.map(messageOf).join('\n'), { cause: first });
  }

  #useless(error: unknown): string {
    this.#faults.push(error);
    return `${this.#title} is there, but of no use here: ${messageOf(error).split('\n')[0]?.replace(/\.?$/, '.')}`;
  }
}
