import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { InfrastructureError } from '../errors.ts';
import { connectOptions, type ServerAddress } from '../valkey/address.ts';
import type { Trace, TraceEntry } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { EvidenceLimits } from './limits.ts';
import { parseMonitorLine } from './monitor-line.ts';

const LF = 10;
/** How long the server may be silent while we wait for something of it, in ms. */
const SILENCE_LIMIT_MS = 5_000;

/** A line of MONITOR, and how many bytes at its end were too many to keep. */
interface Line {
  text: string;
  missing: number;
}

/**
 * Records the commands that a server runs, from MONITOR. iovalkey's own monitor mode splits the arguments
 * without undoing their escapes, so the lines are read here.
 */
export class TraceRecorder {
  readonly #socket: Socket;
  readonly #head: TraceEntry[] = [];
  /** Lines are read when the trace is finished: most of a flood is dropped before that. */
  readonly #tail: Line[] = [];
  #headBytes = 0;
  #tailBytes = 0;
  #total = 0;
  /** The line that is under way. */
  #chunks: Buffer[] = [];
  #chunksBytes = 0;
  #missing = 0;
  #sentinel: string | undefined;
  #sentinelSeen: (() => void) | undefined;
  #silence: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #failed: ((error: Error) => void) | undefined;
  #started = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  /** Starts recording: every command that is sent once the promise has resolved is in the trace. */
  static async start(address: ServerAddress, session: GraderSession): Promise<TraceRecorder> {
    const socket = connect({ ...connectOptions(address), noDelay: true });
    const recorder = new TraceRecorder(socket);
    const { username, password } = session.credentials;
    socket.write(`AUTH ${username} ${password}\r\nCLIENT NO-EVICT on\r\nMONITOR\r\n`);
    await recorder.#wait((resolve) => {
      recorder.#sentinelSeen = resolve;
    });
    return recorder;
  }

  /**
   * Ends recording. Commands reach the trace in the order in which the server ran them: when a command of
   * our own is seen, all before it have been.
   */
  async finish(session: GraderSession): Promise<Trace> {
    const sentinel = randomBytes(16).toString('hex');
    await this.#wait((resolve) => {
      this.#sentinel = sentinel;
      this.#sentinelSeen = resolve;
      session.call('ECHO', sentinel).catch((error: Error) => this.#fail(error));
    });
    return this.abandon();
  }

  /** Gives up recording, and gives back what was seen so far. */
  abandon(): Trace {
    this.#socket.destroy();
    return { entries: [...this.#head, ...this.#tail.flatMap(readEntry)], total: this.#total };
  }

  #read(chunk: Buffer): void {
    this.#silence?.refresh();
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LF, start);
      if (end === -1) break;
      this.#keep(chunk.subarray(start, end));
      const [first] = this.#chunks;
      const line = first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks);
      const text = line.toString('latin1').replace(/\r$/, '');
      const missing = this.#missing;
      this.#chunks = [];
      this.#chunksBytes = 0;
      this.#missing = 0;
      this.#line({ text, missing });
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** Adds a part to the line that is under way, as far as lines are kept. */
  #keep(part: Buffer): void {
    const room = Math.min(part.length, EvidenceLimits.traceLineBytes - this.#chunksBytes);
    this.#missing += part.length - room;
    if (room === 0) return;
    this.#chunks.push(part.subarray(0, room));
    this.#chunksBytes += room;
  }

  #line(line: Line): void {
    const { text } = line;
    if (!this.#started) {
      // Each of the three commands is answered with +OK.
      if (text.startsWith('-')) this.#fail(new Error(text.slice(1)));
      else if (this.#total++ === 2) {
        this.#total = 0;
        this.#started = true;
        this.#sentinelSeen?.();
      }
      return;
    }
    if (this.#sentinel && text.endsWith(` "${this.#sentinel}"`)) {
      this.#sentinelSeen?.();
      return;
    }
    this.#total += 1;
    const { traceHead, traceHeadBytes } = EvidenceLimits;
    if (this.#total <= traceHead && this.#headBytes + text.length <= traceHeadBytes) {
      this.#headBytes += text.length;
      this.#head.push(...readEntry(line));
    } else {
      // Nothing may stand in the head that ran later than what stands in the tail.
      this.#headBytes = Number.POSITIVE_INFINITY;
      this.#addToTail(line);
    }
  }

  #addToTail(line: Line): void {
    this.#tail.push(line);
    this.#tailBytes += line.text.length;
    while (this.#tail.length > EvidenceLimits.traceTail || this.#tailBytes > EvidenceLimits.traceTailBytes) {
      this.#tailBytes -= this.#tail.shift()?.text.length ?? 0;
    }
  }

  #wait(begin: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const silence = setTimeout(() => this.#fail(new Error('no answer')), SILENCE_LIMIT_MS);
      // A backlog may take longer than that: only silence counts.
      this.#silence = silence;
      const fail = (error: Error) => {
        clearTimeout(silence);
        this.#silence = undefined;
        reject(
          new InfrastructureError(`The command trace could not be recorded: ${error.message}`, {
            cause: error,
          }),
        );
      };
      if (this.#failure) {
        fail(this.#failure);
        return;
      }
      this.#failed = fail;
      begin(() => {
        clearTimeout(silence);
        this.#silence = undefined;
        this.#failed = undefined;
        resolve();
      });
    });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#failed?.(this.#failure);
  }
}

function readEntry({ text, missing }: Line): TraceEntry[] {
  const entry = parseMonitorLine(text.slice(1), missing);
  return entry ? [entry] : [];
}
