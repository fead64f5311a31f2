import type { ServerQuestion } from '../evidence/answers.ts';
import type { ScriptCalls } from '../evidence/calls.ts';
import type { Rival } from '../evidence/rival.ts';
import type { TraceQuestion } from '../evidence/trace-question.ts';
import type { Asked } from './checks/asked.ts';
import type { Finding } from './checks/finding.ts';
import type { RunView } from './checks/run-view.ts';
import type { HintPolicy } from './hints/policy.ts';

/** A challenge's grader: what is set up, and what is checked. Read from `<mission>/<challenge>.yaml`. */
export interface Grader {
  /** `<mission>/<challenge>`. */
  id: string;
  title: string;
  /** The sum of the checks' points. */
  points: number;
  /** The least version of Valkey that the challenge can be graded on, such as `8.1`; any where it is left out. */
  minVersion?: string;
  /** What its server is like beside others; as all are where it is left out. */
  server?: ServerSettings;
  /** What the collection makes of hints beyond the first; they are free where it is left out. */
  hints?: HintPolicy;
  /** Commands that the grader runs before the script, as one types them in valkey-cli. */
  setup: readonly string[];
  variants: readonly Variant[];
  checks: readonly Check[];
}

/** What is told of a challenge's server. */
export interface ServerSettings {
  /** Settings by their names, as CONFIG SET takes them. */
  config?: Readonly<Record<string, string | number>>;
  /** Commands that learners may run, as the ACL names them: see server-rules.ts. */
  allow?: readonly string[];
  /** The image that its server is started from, whatever the engine's own one is. */
  image?: string;
}

/** Other set-up data under which the script is run again, to catch answers that were written down. */
export interface Variant {
  id: string;
  title: string;
  setup: readonly string[];
  /** Where it is there, the learner's Lua script is called so on that set-up, instead of running the script. */
  calls?: ScriptCalls;
  /** Languages that the variant is not for: their checks are judged on the main run instead. */
  exceptLanguages: readonly string[];
}

export interface Check {
  id: string;
  title: string;
  points: number;
  /** Checks that must have passed; where one has not, this one is skipped. */
  needs: readonly string[];
  /** The variant whose run is judged; null for the main run. */
  variant: string | null;
  /** Variants in whose runs it must hold, too; none where it is left out. */
  alsoIn?: readonly string[];
  /** From a nudge to nearly the answer. */
  hints: readonly string[];
  /** Keys whose content the check needs. */
  keys: readonly string[];
  /** What the check asks of the trace; nothing of a long one is kept for it where that is left out. */
  asks?: readonly TraceQuestion[];
  /** What it asks for by name; nothing if that is not known. */
  asked?: Asked;
  /** What the server is asked for it once the script has ended; nothing if it is left out. */
  serverQuestions?: readonly ServerQuestion[];
  /** Who is to come between the steps of a run before it is judged; nobody where it is left out. */
  rivals?(run: RunView): readonly Rival[];
  /** Judges a run: pure. */
  judge(run: RunView): Finding;
}

/** What a `<challenge>.checks.ts` exports as `checks`: checks that YAML cannot say, by name. */
export type CustomChecks = Record<string, (run: RunView) => Finding>;
