import type { MonitorLine } from './monitor-line.ts';

/** What stands between two arguments; in the arguments themselves, quotes are escaped. */
const BETWEEN = '" "';
/** What is left of an escape that was cut in the middle. */
const HALF_ESCAPE = /(?<!\\)((?:\\\\)*)\\(?:x[0-9a-f]?)?$/;

/**
 * Collects a line of MONITOR as it comes, within a limit of bytes. Of what is beyond it, no byte is held: those
 * of the argument that was cut are counted, and the arguments behind it.
 */
export class LineCollector {
  readonly #limit: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #cut: CutArguments | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(part: Buffer): void {
    const room = Math.min(part.length, this.#limit - this.#bytes);
    if (room > 0) {
      this.#chunks.push(part.subarray(0, room));
      this.#bytes += room;
    }
    if (room === part.length) return;
    this.#cut ??= new CutArguments(this.#kept());
    this.#cut.add(part.subarray(room));
  }

  /** The line, without the carriage return at its end. The next one begins. */
  take(): MonitorLine {
    const text = this.#kept().toString('latin1');
    const cut = this.#cut;
    this.#chunks = [];
    this.#bytes = 0;
    this.#cut = undefined;
    return cut ? cut.end(text) : { text: text.replace(/\r$/, ''), missing: 0, more: 0 };
  }

  #kept(): Buffer {
    const [first] = this.#chunks;
    return first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
  }
}

/** What is known of the arguments at the end of a line that was cut. */
class CutArguments {
  /** The last bytes of what came before, in which the end of an argument may have begun. */
  #carry: Buffer;
  /** Bytes of the argument that was cut: below 0 where its end was kept, and something behind it. */
  #missing = 0;
  #more = 0;

  constructor(kept: Buffer) {
    let start = kept.indexOf('] "') + 3;
    for (let end = kept.indexOf(BETWEEN, start); end !== -1; end = kept.indexOf(BETWEEN, start))
      start = end + BETWEEN.length;
    this.#carry = endOf(kept, start);
  }

  add(part: Buffer): void {
    const bytes = Buffer.concat([this.#carry, part]);
    let start = 0;
    for (let end = bytes.indexOf(BETWEEN); end !== -1; end = bytes.indexOf(BETWEEN, start)) {
      if (this.#more === 0) this.#missing += end - this.#carry.length;
      this.#more += 1;
      start = end + BETWEEN.length;
    }
    if (this.#more === 0) this.#missing += part.length;
    this.#carry = endOf(bytes, start);
  }

  /** The line of which this text was kept. */
  end(text: string): MonitorLine {
    const [missing, more] = [this.#missing, this.#more];
    if (missing > 0) return { text: text.replace(HALF_ESCAPE, '$1'), missing, more };
    return { text: `${text.slice(0, text.length + missing)}"`, missing: 0, more };
  }
}

/** The bytes at the end in which the end of an argument may have begun: a copy. */
function endOf(bytes: Buffer, start: number): Buffer {
  return Buffer.from(bytes.subarray(Math.max(start, bytes.length - BETWEEN.length + 1)));
}
