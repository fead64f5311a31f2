import type { Engine, EngineKind, RunningServer } from './engine.ts';

/** An engine that gives out the servers of another one in a way of its own; those of other images as they are. */
export abstract class EngineAround implements Engine {
  protected readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  get kind(): EngineKind {
    return this.engine.kind;
  }

  get image(): string | null {
    return this.engine.image;
  }

  async start(image?: string): Promise<RunningServer> {
    return image === undefined ? this.startOwn() : this.engine.start(image);
  }

  /** Starts a server of the image that {@link image} names. Throws InfrastructureError. */
  protected abstract startOwn(): Promise<RunningServer>;
}
