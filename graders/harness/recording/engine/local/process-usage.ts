import { readProc, statFields } from '../../../base/read-proc.ts';
import type { ServerUsage } from '../engine.ts';

/** The unit in which Linux tells processor time, on every architecture that Node runs on. */
const TICKS_A_SECOND = 100;

/** What a process has taken of the machine so far; null if it has ended, or the system has no /proc (macOS). */
export async function processUsage(pid: number): Promise<ServerUsage | null> {
  const memory = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`))?.[1];
  // One that has ended holds no memory, even if nobody has asked yet how it ended.
  if (memory === undefined) return null;
  // Fields 14 and 15 are user and system time.
  const fields = statFields(pid);
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuMs: (ticks * 1000) / TICKS_A_SECOND, memoryBytes: Number(memory) * 1024 };
}
