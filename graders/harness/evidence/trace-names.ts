import { MANY } from './completeness.ts';
import { LineCollector } from './line-collector.ts';
import type { MonitorLine } from './monitor-line.ts';

/** So many of each name are kept from the start of a trace: as many as reports show of commands. */
const SAMPLES = 6;
/** Characters that are kept of a sample. */
const WIDTH = 4 * 1024;
/** More names than any server knows. */
const NAMES = 2_000;

/** A command with its position in the trace. */
export interface PlacedLine {
  at: number;
  line: MonitorLine;
  name: string;
}

interface Name {
  total: number;
  samples: number;
  latest: PlacedLine | undefined;
}

/** Counts commands by their names, and keeps the first ones and the last one of each name. */
export class TraceNames {
  readonly #names = new Map<string, Name>();
  readonly #samples: PlacedLine[] = [];

  /** Takes note of a command that is kept anyway: it is counted nowhere. */
  see(name: string): void {
    this.#of(name).samples += 1;
  }

  /** Counts a command. One that would give others another meaning is no sample: a MULTI without its EXEC. */
  add({ at, line, name }: PlacedLine, isSample: boolean): void {
    const found = this.#of(name);
    found.total += 1;
    if (!isSample) return;
    const sample = { at, line: sampleOf(line), name };
    if (found.samples >= SAMPLES) {
      found.latest = sample;
      return;
    }
    found.samples += 1;
    this.#samples.push(sample);
  }

  /** The first ones and the last one of each name, long ones cut. */
  get samples(): PlacedLine[] {
    return [...this.#samples, ...[...this.#names.values()].flatMap(({ latest }) => latest ?? [])];
  }

  /** How many commands there were of each name, without those of the names that are given, one each. */
  countsWithout(names: readonly string[]): Record<string, number> {
    const counts = new Map([...this.#names].map(([name, { total }]) => [name, total]));
    for (const name of names) {
      const counted = counts.has(name) ? name : MANY;
      counts.set(counted, (counts.get(counted) ?? 0) - 1);
    }
    return Object.fromEntries([...counts].filter(([, number]) => number > 0));
  }

  #of(name: string): Name {
    const counted = this.#names.has(name) || this.#names.size < NAMES ? name : MANY;
    const found = this.#names.get(counted) ?? { total: 0, samples: 0, latest: undefined };
    this.#names.set(counted, found);
    return found;
  }
}

function sampleOf(line: MonitorLine): MonitorLine {
  if (line.text.length <= WIDTH) return line;
  // What is sliced off a long text would keep all of it in memory.
  const collector = new LineCollector(WIDTH);
  collector.add(Buffer.from(line.text, 'latin1'));
  const { text, missing, more } = collector.take();
  return more > 0
    ? { text, missing, more: more + line.more }
    : { text, missing: missing + line.missing, more: line.more };
}
