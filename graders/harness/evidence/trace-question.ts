import type { TraceEntry } from './evidence.ts';

/**
 * What a check will want to know of the trace, so that a long one keeps what tells it. Questions are as wide as
 * they can be: which commands may matter, not what follows from them.
 */
export interface TraceQuestion {
  /** The same for the same question at any time: evidence tells by it what was kept. */
  id: string;
  /** Commands of these names (in upper case) may be meant. */
  names?: ReadonlySet<string>;
  /** Commands whose line of MONITOR holds this text may be meant: plain characters that are never escaped. */
  word?: string;
  /** Whether a command that may be meant is. */
  concerns(entry: TraceEntry): boolean;
}
