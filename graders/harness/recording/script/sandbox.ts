import type { SandboxKind } from '../../evidence/environment.ts';
import type { CommandReply, LeftBehind, ProcessEvidence } from '../../evidence/evidence.ts';
import type { Reply } from '../../valkey/client/reply.ts';
import type { RunningServer } from '../engine/engine.ts';
import type { Script } from '../submission/script.ts';
import type { ScriptLimits } from './limits.ts';

/**
 * Answers a command of a command file in place of the learner's own connection; undefined for one that is the learner's
 * to send.
 */
export type Deputy = (args: readonly Buffer[]) => Promise<Reply | undefined>;

/** What there is beside a script while it runs. */
interface BesideScript {
  /** With this, it ends as soon as it has nothing left but a client that is open. */
  atRest?: AtRest;
  /** Only a command file has one. */
  deputy?: Deputy;
}

/** A script that is ready to be run once against a server. */
export interface PreparedScript {
  /** Runs it to its end, or to a limit. Throws InfrastructureError. */
  run(server: RunningServer, beside?: BesideScript): Promise<ScriptOutcome>;
  /** Removes what was made ready, whether it ran or not. May be called again. */
  remove(): Promise<void>;
  /** What lies beside it and is not there when it runs. */
  leftBehind?: LeftBehind | undefined;
}

/**
 * Asks the server for the learner's connections, in words that change if something comes over one of them; null if it
 * may yet send something by itself. Never rejects.
 */
export type AtRest = () => Promise<string | null>;

export interface ScriptOutcome {
  process: ProcessEvidence;
  /** What each command of a command file answered; null for the other languages. */
  replies: CommandReply[] | null;
  /** How many more there were; left out where none. */
  repliesLeftOut?: number;
}

export type { SandboxKind };

/** Where learners' scripts run. */
export interface Sandbox {
  readonly kind: SandboxKind;
  /** Makes ready all that a run needs, so that its time is the script's alone. Throws UsageError. */
  prepare(script: Script, limits: ScriptLimits): Promise<PreparedScript>;
}
