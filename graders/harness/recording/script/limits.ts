/** What one run of a learner's script may take. */
export interface ScriptLimits {
  /** Wall-clock time in ms. */
  timeMs: number;
  /** Bytes kept of stdout, and of stderr. */
  outputBytes: number;
  /** Memory in bytes that all processes together may hold. */
  memoryBytes: number;
  /** Processes (in a container: threads too) at once. */
  processes: number;
  /** Bytes of one file that is written. */
  fileBytes: number;
  /** Bytes of all files together, where they can be counted (container sandbox). */
  diskBytes: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: ScriptLimits = {
  timeMs: 30_000,
  outputBytes: MIB,
  memoryBytes: 1024 * MIB,
  processes: 256,
  fileBytes: 64 * MIB,
  diskBytes: 128 * MIB,
};

/** The usual limits, but for the time: in seconds, as callers give it. */
export function limitsWithin(seconds: number): ScriptLimits {
  return { ...DEFAULT_LIMITS, timeMs: seconds * 1000 };
}
