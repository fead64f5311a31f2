import { textOf } from '../../base/bytes.ts';
import type { TraceEntry } from '../../evidence/evidence.ts';

/** How far apart a command and the look at the clock behind it may be, in ms. */
const SLACK_MS = 250;

/**
 * Tells expiries in the time of the run. A trace is run again later and faster: what expires in an hour then would
 * expire later, by the server's clock, than it did in the run.
 */
export class RunTime {
  /** What each expiry that was seen in the server is in the run. */
  readonly #known = new Map<number, number>();
  /** What the server's clock, unix time in ms, is ahead of this process's. */
  readonly #ahead: number;

  /** `now` is the server's clock at this moment, unix time in ms. */
  constructor(now: number) {
    this.#ahead = now - performance.now();
  }

  /** By how many ms the replay comes later than a time of the run, unix time in ms. */
  lateBy(then: number): number {
    return performance.now() + this.#ahead - then;
  }

  /** Takes note of an expiry of which it is known what it is in the run. */
  know(expireAt: number, inTheRun: number): void {
    this.#known.set(expireAt, inTheRun);
  }

  /** Takes note of expiries by their names, which in the run were others. */
  learn(expiries: ReadonlyMap<string, number>, inTheRun: ReadonlyMap<string, number>): void {
    for (const [name, expireAt] of expiries) {
      const then = inTheRun.get(name);
      if (then !== undefined) this.know(expireAt, then);
    }
  }

  /**
   * An expiry, unix time in ms, in the time of the run. `now` is the server's clock right behind the step that may
   * have set it, `entries` are its commands.
   */
  of(expireAt: number, now: number, entries: readonly TraceEntry[]): number {
    const known = this.#known.get(expireAt);
    if (known !== undefined) return known;
    const found = expiryIn(expireAt, now, entries);
    this.#known.set(expireAt, found);
    return found;
  }
}

function expiryIn(expireAt: number, now: number, entries: readonly TraceEntry[]): number {
  const numbers = entries.flatMap(({ args }) =>
    args.map((arg) => Number(textOf(arg))).filter(Number.isInteger),
  );
  // A time that was told as such: EXPIREAT, SET … PXAT, RESTORE … ABSTTL.
  if (numbers.some((number) => number === expireAt || number * 1000 === expireAt)) return expireAt;
  const then = Math.floor((entries[0]?.at ?? 0) / 1000);
  const ttl = expireAt - now;
  const told = numbers
    .flatMap((number) => [number, number * 1000])
    .find((number) => number >= ttl && number - ttl < SLACK_MS);
  return then + (told ?? ttl);
}
