/** A line of the learner's script, for programs that lead there. */
export interface ScriptPlace {
  /** Absolute path. */
  path: string;
  /** From 1. */
  line: number;
}

/**
 * An error that vitest shows by its name and message alone, or with the places in the learner's script that
 * it is about: where in the grader it came up helps nobody who reads it.
 */
export function plainError(name: string, message: string, places: readonly ScriptPlace[] = []): Error {
  const error = new Error(message);
  error.name = name;
  const frames = places.map(({ path, line }) => `    at ${path}:${line}:1`);
  // Vitest's reporters take the stack, message and all, where there is one, and else the message.
  error.stack = frames.length > 0 ? [`${name}: ${message}`, ...frames].join('\n') : '';
  return error;
}
