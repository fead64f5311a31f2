import { parseValidated, type ValidatedDocument } from '../../base/document/validated-document.ts';
import type { ServerSettings, Variant } from '../../judging/grader.ts';
import { graderSchema } from './schema.ts';
import { graderValidator } from './validate.ts';

/** A condition as the file has it: a kind of check and its parameters. */
export interface ConditionFile {
  kind: string;
  [parameter: string]: unknown;
}

/** A check as the file has it: what all checks have, and the parameters of its kind. */
export interface CheckFile extends ConditionFile {
  id: string;
  title: string;
  points: number;
  needs?: string[];
  variant?: string;
  alsoIn?: string[];
  hints: string[];
  /** What must hold, too. */
  and?: ConditionFile[];
}

/** A grader file that fits the schema. */
export interface GraderFile {
  title: string;
  points: number;
  minVersion?: string;
  server?: ServerSettings & { minVersion?: string };
  setup?: string[];
  variants?: (Omit<Variant, 'exceptLanguages'> & { exceptLanguages?: string[] })[];
  checks: CheckFile[];
  /** Which checks hold what sentences of the instructions say; for authors. */
  sentences?: Record<string, string | string[]>;
}

/** The least version that a challenge needs, wherever its file says so. */
export function minVersionOf({ minVersion, server }: GraderFile): string | undefined {
  return server?.minVersion ?? minVersion;
}

export type ParsedGraderFile = ValidatedDocument<GraderFile>;

/**
 * Parses and validates the text of a grader file. `name` is the file's name for messages.
 * Throws DocumentError with file, line and column of the first mistake.
 */
export function parseGraderFile(text: string, name: string): ParsedGraderFile {
  return parseValidated<GraderFile>(text, name, graderValidator(), { schema: graderSchema });
}
