/** Something about a challenge that its author should mend. Lines and columns are counted from 1. */
export interface LintFinding {
  /** The file's name, as seen from the current folder. */
  file: string;
  line: number;
  column: number;
  message: string;
}

/** A finding about a file as a whole. */
export function ofFile(file: string, message: string): LintFinding {
  return { file, line: 1, column: 1, message };
}
