import { setTimeout as sleep } from 'node:timers/promises';
import { textOf, toBuffer, type Value } from '../../base/bytes.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';
import type { RunTime } from './run-time.ts';

/** So long it waits at most, in ms. */
const MOST_MS = 2_000;

/** How fast a trace is run again, where that matters: entries of a stream are taken from a consumer once they were with it for a while. */
export class Pace {
  readonly #time: RunTime;
  /** By how many ms the replay comes later than the run. */
  readonly #late: number;

  /** `start` is when the run began, unix time in ms. */
  constructor(time: RunTime, start: number) {
    this.#time = time;
    this.#late = time.lateBy(start);
  }

  /** True for commands that take what has been idle for some time. */
  matters(entries: readonly TraceEntry[]): boolean {
    return entries.some(({ args }) => leastIdleMs(args) > 0);
  }

  /** Waits until as much time has passed as in the run by then, unix time in ms. */
  async keep(at: number): Promise<void> {
    const ahead = this.#late - this.#time.lateBy(at);
    if (ahead > 0) await sleep(Math.min(ahead, MOST_MS));
  }
}

/** How long entries of a stream must have been with a consumer for a command to take them, in ms; 0 for any. */
function leastIdleMs(args: readonly Value[]): number {
  // Every command of a trace is asked, and its arguments may be long.
  if (!/^x/i.test(textOf(args[0]) ?? '')) return 0;
  const words = args.slice(0, 12).map((arg) => toBuffer(arg).toString().toUpperCase());
  const behind = (option: string, from: number) => {
    const at = words.indexOf(option, from);
    return at === -1 ? 0 : Number(words[at + 1]) || 0;
  };
  switch (words[0]) {
    case 'XCLAIM':
    case 'XAUTOCLAIM':
      return Number(words[4]) || 0;
    case 'XPENDING':
      return behind('IDLE', 3);
    case 'XREADGROUP':
      return behind('CLAIM', 4);
    default:
      return 0;
  }
}
