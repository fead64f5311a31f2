import type { ServerAddress } from '../valkey/address.ts';

/** The kinds of engine that a run can be graded with. */
export type EngineKind = 'docker' | 'local';

/** Starts throwaway Valkey servers. */
export interface Engine {
  readonly kind: EngineKind;
  /** The image that servers are started from; null for the local engine. */
  readonly image: string | null;
  /**
   * Starts a server that nobody has used. It answers commands when the promise resolves.
   * Rejects with InfrastructureError.
   */
  start(): Promise<RunningServer>;
}

/** A server that runs until it is stopped. */
export interface RunningServer {
  readonly address: ServerAddress;
  /** How the server came to its end, in words; null while it runs. */
  end(): Promise<string | null>;
  /** Stops the server and removes all that belongs to it. May be called again. */
  stop(): Promise<void>;
}

/** Where progress of slow steps (a download, an image pull) is told to the person who waits. */
export type Notify = (line: string) => void;
