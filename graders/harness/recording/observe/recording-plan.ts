import type { ServerQuestion } from '../../evidence/answers.ts';
import type { ScriptCalls } from '../../evidence/calls.ts';
import type { RivalQuestion } from '../../evidence/rival.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';

/** What a challenge asks of a recording: which runs, and what to look at for certain. */
export interface RecordingPlan {
  challenge: string;
  /** The set-up commands of the main run, as one types them in valkey-cli. */
  setup: readonly string[];
  /** Runs under other set-up data, each in a fresh server. */
  variants: readonly PlannedVariant[];
  /** Keys that checks ask for by name: they are in the evidence however large the keyspace is. */
  keys: readonly string[];
  /** What checks ask of the trace: what tells it is in the evidence however long the trace is. */
  questions?: readonly TraceQuestion[];
  /** What is told of its server; it is as all are where that is left out. */
  server?: PlannedServer;
  /** What checks ask the server after the run of a variant, or after the main run (null). */
  serverQuestions?(variant: string | null): readonly ServerQuestion[];
  /** Rivals that checks want tried in the run of a variant, or in the main run (null). */
  rivals?(variant: string | null): RivalQuestion | undefined;
}

/** What a challenge says of its server. */
interface PlannedServer {
  config?: Readonly<Record<string, string | number>>;
  allow?: readonly string[];
  /** The image of its server, where it needs another one than that of the engine. */
  image?: string;
}

export interface PlannedVariant {
  id: string;
  setup: readonly string[];
  /** Where it is there, the learner's Lua script is called so, instead of running the script that called it. */
  calls?: ScriptCalls;
}
