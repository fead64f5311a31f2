import { endProcess, isEnding } from './cleanup.ts';
import { ExitCode, messageOf, ReadableError } from './errors.ts';
import { notify } from './stdout.ts';

/** Tells what went wrong, and gives the exit code that says so; a stack trace is for those who ask for one. */
export function tellFailure(error: unknown): number {
  notify(`keyspace-grader: ${messageOf(error)}`);
  if (process.env.DEBUG && error instanceof Error) notify(String(error.stack));
  if (error instanceof ReadableError) return error.exitCode;
  if (!process.env.DEBUG) {
    notify('This is a fault of the grader. Set DEBUG=1 to see where it happened.');
  }
  return ExitCode.infrastructure;
}

/**
 * Keeps what no code caught, such as a library's error in the background, from ending the process with a stack trace
 * and Node's exit code 1, which means that something was graded. It is told, all is cleaned up, and the exit code says
 * that nothing was graded. The same becomes of work that waits for what will never come. Returns what is to be called
 * once all work is done.
 */
export function guardProcess(tell: (error: unknown) => number = tellFailure): () => void {
  let isDone = false;
  const end = (error: unknown) => {
    // What is taken away may fail in many ways that say nothing.
    if (!isEnding()) endProcess(tell(error));
  };
  // Rejections that nobody handles come here, too.
  process.on('uncaughtException', end);
  process.on('beforeExit', () => {
    if (!isDone) end(new Error('what was waited for never came'));
  });
  return () => {
    isDone = true;
  };
}
