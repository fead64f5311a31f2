import type { AnsweredReply, CommandReply, ProcessEvidence, User } from '../../evidence/evidence.ts';

/** A key of an example: its value under the name of its type, a plain text being a string, and its TTL in seconds. */
export type ExampleKey =
  | string
  | ({ ttl?: number } & (
      | { string: string }
      // How many elements it counts, or these.
      | { hyperloglog: number | string[] }
      | { list: string[] }
      | { set: string[] }
      | { zset: Record<string, number> }
      | { hash: Record<string, string> }
      | ExampleStream
    ));

/** Entries by their ids. Of a group it is told how far it has read, and which entries are with which consumers. */
interface ExampleStream {
  stream: Record<string, Record<string, string>>;
  groups?: Record<string, { last?: string; pending?: Record<string, string> }>;
}

/** How a kind of check is used, for the reference: what it says of a wrong script is worked out, not written. */
export interface KindExample {
  /** When to take it, in a sentence. */
  purpose: string;
  /** The parameters as a grader file has them, in YAML. */
  yaml: string;
  /** What a wrong script did, in words: the reader sees this and what the check says of it. */
  mistake: string;
  /** What was seen of it. */
  seen: {
    before?: Record<string, ExampleKey>;
    after?: Record<string, ExampleKey>;
    /** As one types them in valkey-cli. */
    commands?: string[];
    stdout?: string;
    /** Channel and message of each. */
    messages?: [string, string][];
    /** What the server answers, by the command that asks it (database 0). */
    answers?: Record<string, AnsweredReply>;
    users?: User[];
    process?: Partial<ProcessEvidence>;
    variants?: Record<string, { replies: CommandReply[] }>;
  };
  /** The variant whose run is judged. */
  variant?: string;
}
