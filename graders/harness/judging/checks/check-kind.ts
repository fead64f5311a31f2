import type { ServerQuestion } from '../../evidence/answers.ts';
import type { Rival } from '../../evidence/rival.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { type Asked, type AskedCommand, textsIn } from './asked.ts';
import type { Finding } from './finding.ts';
import type { KindExample } from './kind-example.ts';
import type { ObjectSchema } from './parameters.ts';
import type { RunView } from './run-view.ts';
import { aboutKey } from './trace-questions.ts';

/**
 * What a check is about, for those who compare it with the texts around it: what was printed, or nothing that has to
 * be there, as where it forbids something.
 */
type Expects = 'output' | 'nothing';

/** What a kind of check is: what it takes, and a pure function from evidence to a finding. */
interface Definition<Parameters> {
  kind: string;
  /** What the kind checks, for the authoring guide and for editors. */
  description: string;
  /** What a check of this kind has beside id, title, points and so on. */
  parameters: ObjectSchema<Parameters>;
  example: KindExample;
  /** Left out where it is about what the keyspace must hold, or the commands that must have run. */
  expects?: Expects;
  /** Keys whose content the check needs, however large the keyspace is. */
  keys?(parameters: Parameters): string[];
  /**
   * What the check asks of the trace, beside what was done to its keys: what tells it is kept, however long the
   * trace is. Where its verdict depends on that, it says so by `requireInTrace`.
   */
  asks?(parameters: Parameters): TraceQuestion[];
  /** What the check names beside the texts that are its parameters: what is no slip to another check either. */
  names?(parameters: Parameters): string[];
  /** What the server is asked for the check, once the script has ended. */
  serverQuestions?(parameters: Parameters): readonly ServerQuestion[];
  /** The commands that are to run: what one check asks for is no slip to another. */
  commands?(parameters: Parameters): AskedCommand[];
  /** Who is to come between the steps of a run, so that what becomes of them can be judged. Pure. */
  rivals?(parameters: Parameters, run: RunView): readonly Rival[];
  judge(parameters: Parameters, run: RunView): Finding;
}

/** A check of some kind, its parameters filled in. */
export interface BoundCheck {
  /** Keys whose content it needs. */
  keys: readonly string[];
  /** What it asks of the trace, what was done to its keys included. */
  asks: readonly TraceQuestion[];
  /** What it asks for by name. */
  asked: Asked;
  /** What the server is asked for it. */
  serverQuestions: readonly ServerQuestion[];
  /** Who is to come between the steps of a run; left out where nobody is. */
  rivals?(run: RunView): readonly Rival[];
  judge(run: RunView): Finding;
}

/** Any kind of check, whatever its parameters are. */
export interface AnyCheckKind {
  readonly kind: string;
  readonly description: string;
  readonly parameters: ObjectSchema<unknown>;
  readonly example: KindExample;
  readonly expects?: Expects;
  /** A check of this kind. The schema of graders must have found the content right: it is not looked at again. */
  bind(content: object): BoundCheck;
}

/** A kind of check that knows the type of its parameters, for tests and for code. */
export interface CheckKind<Parameters> extends AnyCheckKind {
  judge(parameters: Parameters, run: RunView): Finding;
}

/**
 * Makes a kind of check. Its `parameters` give the type of what `judge` gets, the schema of grader files and the
 * reference of checks. A new kind is one file, and one line in `kinds/index.ts`.
 */
export function defineKind<Parameters>(definition: Definition<Parameters>): CheckKind<Parameters> {
  const { kind, description, parameters, example, expects } = definition;
  return {
    kind,
    description,
    parameters,
    example,
    ...(expects && { expects }),
    judge: (content, run) => definition.judge(content, run),
    bind(content) {
      // The one door from documents: what the schema has let in is of the type that the same schema gives.
      const checked = content as Parameters;
      const keys = definition.keys?.(checked) ?? [];
      const names = new Set([...textsIn(content), ...(definition.names?.(checked) ?? [])]);
      return {
        keys,
        asks: [...keys.map(aboutKey), ...(definition.asks?.(checked) ?? [])],
        asked: { names, commands: definition.commands?.(checked) ?? [] },
        serverQuestions: definition.serverQuestions?.(checked) ?? [],
        ...(definition.rivals && { rivals: (run) => definition.rivals?.(checked, run) ?? [] }),
        judge: (run) => definition.judge(checked, run),
      };
    },
  };
}
