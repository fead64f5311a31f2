import { UsageError } from '../errors.ts';

/** A place in a text, counted from 1. */
export interface Place {
  line: number;
  column: number;
}

/** A mistake in a document: the message begins with file, line and column. */
export class DocumentError extends UsageError {
  readonly file: string;
  readonly place: Place;
  /** What is wrong, without the place. */
  readonly problem: string;

  constructor(file: string, place: Place, problem: string) {
    super(`${file}:${place.line}:${place.column}: ${problem}`);
    this.file = file;
    this.place = place;
    this.problem = problem;
  }
}
