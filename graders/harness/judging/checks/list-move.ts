import type { TracedCommand } from './traced-command.ts';

/** How a script brought an element from one list to another, as the trace tells. */
export type MoveManner =
  /** In one step: nobody can have seen the element in neither list, in both, or have taken another. */
  | 'atomic'
  /** Taken out by one command and put in by another. */
  | 'torn'
  /** Taken out and put in by one transaction that does not watch the list that the element was read from. */
  | 'unwatched'
  /** As `unwatched`: the list was watched only after it had been read. */
  | 'watched too late'
  /** Put in, and not taken out. */
  | 'copied'
  | 'none';

export interface ListMove {
  manner: MoveManner;
  /** The commands that show it, in the order in which they ran. */
  commands: TracedCommand[];
}
