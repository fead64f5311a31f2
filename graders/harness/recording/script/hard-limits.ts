import { readFileSync } from 'node:fs';

/** The limits of this process that no ordinary user can raise; Infinity for none. */
export interface HardLimits {
  /** Bytes of data that a process may reserve. */
  data: number;
  /** Bytes of one file. */
  fileBytes: number;
  files: number;
  /** Processes and threads of the user. */
  processes: number;
}

const NO_LIMITS: HardLimits = { data: Infinity, fileBytes: Infinity, files: Infinity, processes: Infinity };

/**
 * The hard limits of this process, as Linux tells them: whoever asks for more than these is refused. None where the
 * system tells of none.
 */
export function hardLimits(): HardLimits {
  try {
    return limitsIn(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    // Only Linux has that file, and only there limits are set.
    return NO_LIMITS;
  }
}

/** The hard limits in the text of /proc/PID/limits. Source: https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html */
export function limitsIn(text: string): HardLimits {
  const hard = (name: string) => {
    const [, value] = new RegExp(`^Max ${name} +\\S+ +(\\S+)`, 'm').exec(text) ?? [];
    return value === undefined || value === 'unlimited' ? Infinity : Number(value);
  };
  return {
    data: hard('data size'),
    fileBytes: hard('file size'),
    files: hard('open files'),
    processes: hard('processes'),
  };
}
