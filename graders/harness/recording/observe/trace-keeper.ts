import { hidesArguments } from '../../evidence/completeness.ts';
import type { Trace, TraceEntry } from '../../evidence/evidence.ts';
import { EvidenceLimits, type TraceLimits } from '../../evidence/limits.ts';
import { type MonitorLine, readLine } from '../../evidence/monitor-line.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import type { PlacedEntry } from './trace-items.ts';
import { TraceMiddle } from './trace-middle.ts';

/**
 * Keeps of the commands of a run, as MONITOR tells them, what fits: the first and the last ones, and of those
 * between them what the grader asks for.
 */
export class TraceKeeper {
  readonly #questions: readonly TraceQuestion[];
  readonly #limits: TraceLimits;
  /** Lines are read when the trace is finished: most of a flood is not read at all. */
  readonly #head: MonitorLine[] = [];
  readonly #tail: MonitorLine[] = [];
  #middle: TraceMiddle | undefined;
  #headBytes = 0;
  #tailBytes = 0;
  #total = 0;

  constructor(questions: readonly TraceQuestion[], limits: TraceLimits = EvidenceLimits) {
    this.#questions = questions;
    this.#limits = limits;
  }

  /** Takes the next command. */
  add(line: MonitorLine): void {
    this.#total += 1;
    const { traceHead, traceHeadBytes } = this.#limits;
    const { length } = line.text;
    if (this.#total <= traceHead && this.#headBytes + length <= traceHeadBytes) {
      this.#headBytes += length;
      this.#head.push(line);
      return;
    }
    // Nothing may stand in the head that ran later than what stands behind it.
    this.#headBytes = Number.POSITIVE_INFINITY;
    this.#addToTail(line);
  }

  /**
   * What was kept. Nothing may be added any more. `exact` tells a line with its arguments as they were sent, where
   * what the server prints does not tell them.
   */
  finish(exact: (line: MonitorLine) => MonitorLine = (line) => line): Trace {
    const first = this.#total - this.#tail.length;
    const head = this.#head.flatMap((line) => readLine(exact(line)));
    const tail = this.#tail.flatMap((line, index) =>
      readLine(exact(line)).map((entry) => ({ at: first + index, entry })),
    );
    const total = this.#total;
    const ends = [...head, ...tail.map(({ entry }) => entry)];
    if (!this.#middle) return { entries: ends, total };
    const { entries: middle, leftOut } = this.#middle.finish(ends.filter(hidesArguments), exact);
    return { entries: [...head, ...withGaps([...middle, ...tail], head.length)], total, leftOut };
  }

  #addToTail(line: MonitorLine): void {
    this.#tail.push(line);
    this.#tailBytes += line.text.length;
    const { traceTail, traceTailBytes } = this.#limits;
    while (this.#tail.length > traceTail || this.#tailBytes > traceTailBytes) {
      const oldest = this.#tail.shift();
      if (!oldest) return;
      this.#tailBytes -= oldest.text.length;
      this.#middle ??= new TraceMiddle(this.#questions, this.#head, this.#limits);
      this.#middle.add(this.#total - this.#tail.length - 1, oldest);
    }
  }
}

/** Tells each entry how many commands ran since the one before it; `next` is the position that would be the next one. */
function withGaps(entries: readonly PlacedEntry[], next: number): TraceEntry[] {
  let expected = next;
  return entries.map(({ at, entry }) => {
    const skipped = at - expected;
    expected = at + 1;
    return skipped > 0 ? { ...entry, skipped } : entry;
  });
}
