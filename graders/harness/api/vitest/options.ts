import type { EngineKind } from '../../recording/engine/engine.ts';
import type { SandboxKind } from '../../recording/script/sandbox.ts';

/** How `gradeChallenges` grades. The names and what holds without them are those of `keyspace-grader grade`. */
export interface GradeChallengesOptions {
  /** A script, or a folder of challenges; the folder in which vitest was started where it is left out. */
  path?: string;
  /** The root of a collection of challenges of somebody's own. */
  challenges?: string;
  /** Where the server runs. */
  engine?: EngineKind | 'auto';
  /** The image for the docker engine. */
  image?: string;
  /** How far scripts are kept from the machine. */
  sandbox?: SandboxKind;
  /** The image in which scripts run in the container sandbox. */
  runtimeImage?: string;
  /** How long a script may run, in seconds. */
  timeout?: number;
}
