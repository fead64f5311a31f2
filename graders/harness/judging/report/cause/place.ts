import { printable } from '../../../base/text/printable.ts';

/** A line of a file of the submission. */
export interface Place {
  file: string;
  line: number;
}

/** What a program wrote when it broke: what is wrong, and where in the files of the submission. */
export interface Complaint {
  /** Safe to print. */
  message: string;
  /** Where it broke; undefined where that is in none of the submission's own files, or not told. */
  place?: Place;
  /** The line of the script that led there, where it broke in another file. */
  from?: number;
  /** True where the script itself may have written it, and gone on: then it is not what ended the script. */
  isOwnWords?: boolean;
}

/** Characters of a message that are shown. */
const SHOWN = 200;

/** Characters of a line that is looked at: what is longer is no line that tells of an error. */
const LOOKED_AT = 1_000;

/** The lines of what a program wrote that may tell of an error. */
export function complaintLines(stderr: string): string[] {
  return stderr.split('\n').filter(({ length }) => length > 0 && length <= LOOKED_AT);
}

/** A message as a line of a report. */
export function shownMessage(message: string): string {
  return printable(message.trim()).slice(0, SHOWN);
}

/**
 * True for a file of the submission: its paths are told without their folder, and those of everything else are not.
 * What was installed beside the script is not the learner's own.
 */
export function isOwnFile(path: string): boolean {
  return !/^(?:[/<]|node:|file:|internal\/)|(?:^|\/)(?:node_modules|site-packages)\//.test(path);
}
