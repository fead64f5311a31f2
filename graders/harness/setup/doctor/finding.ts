/** `limited`: usable, or to be had, though something less than it could be. */
export type FindingState = 'fine' | 'limited' | 'wrong';

/** What was found of one thing that grading uses. */
export interface Finding {
  /** A name for programs, such as `server-image`. */
  id: string;
  title: string;
  state: FindingState;
  /** What is there, or what is wrong with it, in words. */
  found: string;
  /** The one command that mends or improves it; null where there is nothing to mend or none is known. */
  remedy: string | null;
}

/** Makes the findings of one thing. */
export function findings(id: string, title: string) {
  const make =
    (state: FindingState) =>
    (found: string, remedy: string | null = null): Finding => ({ id, title, state, found, remedy });
  return { fine: make('fine'), limited: make('limited'), wrong: make('wrong') };
}
