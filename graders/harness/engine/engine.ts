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
  /** Where the grader reaches it. */
  readonly address: ServerAddress;
  /** The id of its container; null for a process. */
  readonly container: string | null;
  /** How the server came to its end; null while it runs. */
  end(): Promise<ServerEnd | null>;
  /** Stops the server and removes all that belongs to it. May be called again. */
  stop(): Promise<void>;
}

/** How a server that nobody stopped came to its end. */
export interface ServerEnd {
  /** In words, such as `exit code 1`. */
  description: string;
  /** True where it ran out of the memory that it is given: commands did that, not the machine. */
  outOfMemory: boolean;
}

/** Where progress of slow steps (a download, an image pull) is told to the person who waits. */
export type Notify = (line: string) => void;
