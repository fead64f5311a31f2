import type { EngineKind } from '../../evidence/environment.ts';
import type { ServerAddress } from '../../valkey/client/address.ts';

export type { EngineKind };

/** Starts throwaway Valkey servers. */
export interface Engine {
  readonly kind: EngineKind;
  /** The image that servers are started from; null for the local engine. */
  readonly image: string | null;
  /**
   * Starts a server that nobody has used, from another image than `image` if one is named. It answers commands when the
   * promise resolves. Rejects with InfrastructureError, also where an image is named and there are none.
   */
  start(image?: string): Promise<RunningServer>;
}

/** A server that runs until it is stopped. */
export interface RunningServer {
  /** Where the grader reaches it. */
  readonly address: ServerAddress;
  /** The id of its container; null for a process. */
  readonly container: string | null;
  /** How the server came to its end; null while it runs. */
  end(): Promise<ServerEnd | null>;
  /** What it has taken of the machine so far; null if that is unknown (it has ended, or the system does not tell). */
  usage(): Promise<ServerUsage | null>;
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

/** What a server has taken of the machine. */
export interface ServerUsage {
  /** Processor time since it started, in ms. */
  cpuMs: number;
  /** Memory that it holds now, in bytes. */
  memoryBytes: number;
}

/** Where progress of slow steps (a download, an image pull) is told to the person who waits. */
export type Notify = (line: string) => void;
