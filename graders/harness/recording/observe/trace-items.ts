import type { RecordedCompleteness, TraceEntry } from '../../evidence/evidence.ts';
import type { PlacedLine } from '../../evidence/trace-names.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';

/** A command that is kept, and the questions that it is about. */
export interface Item extends PlacedLine {
  asked: readonly Asked[];
  print: string;
}

/** What is kept of some of the commands. */
export interface Kept {
  completeness: RecordedCompleteness;
  first: number;
  last: Item[];
  lastBytes: number;
}

/** What is kept for a question. */
export interface Asked extends Kept {
  question: TraceQuestion;
}

/** Where a client is in its commands. */
export interface Client {
  /** A MULTI that was not kept yet: nothing of its transaction matters so far. */
  multi: Item | undefined;
  /** True where something of it was kept since the last command that frames others. */
  isKept: boolean;
}

/** An entry of the trace with its position in it. */
export interface PlacedEntry {
  at: number;
  entry: TraceEntry;
}
