import type { Schema } from '../document/schema.ts';
import type { TraceQuestion } from '../evidence/trace-question.ts';
import type { Finding } from './finding.ts';
import type { RunView } from './run-view.ts';

/**
 * A kind of check: the schema of its parameters, and a pure function from evidence to a finding.
 * A new kind is one file and one line in `kinds/index.ts`.
 */
export interface CheckKind<Parameters> {
  kind: string;
  /** What the kind checks, for the authoring guide and for editors. */
  description: string;
  /** The properties that a check of this kind has beside id, title, points and so on. */
  properties: Record<string, Schema>;
  required: readonly (keyof Parameters & string)[];
  /** Properties of which at least one must be there, where no single one is required. */
  anyRequired?: readonly string[];
  /** Keys whose content the check needs, however large the keyspace is. */
  keys?(parameters: Parameters): string[];
  /**
   * What the check asks of the trace, beside what was done to its keys: what tells it is kept, however long the
   * trace is. Where its verdict depends on that, it says so by `mustKnow`.
   */
  asks?(parameters: Parameters): TraceQuestion[];
  judge(parameters: Parameters, run: RunView): Finding;
}
