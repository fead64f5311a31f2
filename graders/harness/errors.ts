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
  readonly exitCode = ExitCode.infrastructure;
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
