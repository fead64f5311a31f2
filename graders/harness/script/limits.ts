/** What one run of a learner's script may take. */
export interface ScriptLimits {
  /** Wall-clock time in ms. */
  timeMs: number;
  /** Bytes kept of stdout, and of stderr. */
  outputBytes: number;
}

export const DEFAULT_LIMITS: ScriptLimits = { timeMs: 30_000, outputBytes: 1024 * 1024 };
