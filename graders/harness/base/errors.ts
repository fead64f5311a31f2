import { printable } from './text/printable.ts';

/** Exit codes of the command-line tool: a contract that scripts rely on. */
export const ExitCode = {
  /** Every check passed. */
  passed: 0,
  /** Graded, and not every check passed. */
  failed: 1,
  /** The caller's mistake: unknown challenge, no script, bad option, broken grader file. */
  usage: 2,
  /** Infrastructure: no engine, or the server died by itself. */
  infrastructure: 3,
} as const;

/** An error whose message is written for the person who reads it; the CLI prints it without a stack trace. */
export abstract class ReadableError extends Error {
  /** The exit code of a command that ends with this error. */
  abstract readonly exitCode: number;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The caller's mistake. The message says what is wrong, where, and what to do. */
export class UsageError extends ReadableError {
  readonly exitCode = ExitCode.usage;
}

/** The challenge's folder is there but holds no script: the learner has not started. */
export class NotStartedError extends UsageError {}

/** Our fault or the machine's, never the learner's: it costs no points. */
export class InfrastructureError extends ReadableError {
  readonly exitCode: number = ExitCode.infrastructure;
}

/** This package is installed in a way in which it cannot grade: whoever called it has to change that. */
export class InstallationError extends InfrastructureError {
  override readonly exitCode = ExitCode.usage;
}

/**
 * The message of anything that was thrown. What this project words itself stands as it is; the system's and other
 * people's words hold names of files and pieces of text that anybody may have chosen, and are made safe to print.
 */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof ReadableError) return thrown.message;
  return printable(thrown instanceof Error ? thrown.message : String(thrown));
}

/** True for the error of a disk that has no room left, or none for this user. */
export function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}
