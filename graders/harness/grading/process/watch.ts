import { processUsage } from '../../recording/engine/local/process-usage.ts';

/** What the grader's own process may take for one submission. */
export interface ProcessLimits {
  /** Memory, in bytes. */
  memoryBytes: number;
  /** Processor time, in ms. */
  cpuMs: number;
  /** Time beside what scripts may take, in ms, whatever the process waits for. */
  waitMs: number;
}

/** Many times of what the largest evidence takes. */
export const PROCESS_LIMITS: ProcessLimits = {
  memoryBytes: 1024 ** 3,
  cpuMs: 60_000,
  waitMs: 15 * 60_000,
};

const LOOK_MS = 250;

/**
 * Watches a process while it grades a submission, and calls back once, with words for it, if it takes more than it
 * may. How busy the machine is decides nothing: it is the processor's time that is counted. Where there is no /proc
 * (macOS), memory and processor time are not watched. Returns a function that ends the watch.
 */
export function watchProcess(
  pid: number,
  scriptMs: number,
  { memoryBytes, cpuMs, waitMs }: ProcessLimits,
  exceeded: (what: string) => void,
): () => void {
  let cpuBefore: number | undefined;
  const began = performance.now();
  const look = async () => {
    const usage = await processUsage(pid);
    if (usage) cpuBefore ??= usage.cpuMs;
    const what = excessOf(usage && { ...usage, cpuMs: usage.cpuMs - (cpuBefore ?? 0) });
    if (what === null || ended) return;
    stop();
    exceeded(what);
  };
  const excessOf = (usage: { cpuMs: number; memoryBytes: number } | null): string | null => {
    if (usage && usage.memoryBytes > memoryBytes) return `${memoryBytes / 1024 ** 2} MiB of memory`;
    if (usage && usage.cpuMs > cpuMs) return `${cpuMs / 1000} s of processor time`;
    // Scripts of a submission may run one after the other.
    return performance.now() - began > waitMs + 4 * scriptMs
      ? `${Math.round(waitMs / 60_000)} minutes`
      : null;
  };
  let ended = false;
  const timer = setInterval(() => void look(), LOOK_MS);
  const stop = () => {
    ended = true;
    clearInterval(timer);
  };
  void look();
  return stop;
}
