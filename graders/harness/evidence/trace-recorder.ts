import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { InfrastructureError } from '../errors.ts';
import { connectOptions, type ServerAddress } from '../valkey/address.ts';
import type { Trace, TraceEntry } from './evidence.ts';
import type { GraderSession } from './grader-session.ts';
import { EvidenceLimits } from './limits.ts';
import { parseMonitorLine } from './monitor-line.ts';

const LF = 10;
const START_LIMIT_MS = 5_000;

/**
 * Records the commands that a server runs, from MONITOR. iovalkey's own monitor mode splits the arguments
 * without undoing their escapes, so the lines are read here.
 */
export class TraceRecorder {
  readonly #socket: Socket;
  readonly #head: TraceEntry[] = [];
  /** Lines are read when the trace is finished: most of a flood is dropped before that. */
  readonly #tail: string[] = [];
  #total = 0;
  #chunks: Buffer[] = [];
  #sentinel: string | undefined;
  #sentinelSeen: (() => void) | undefined;
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
    socket.write(`AUTH ${username} ${password}\r\nMONITOR\r\n`);
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
    this.#socket.destroy();
    return { entries: [...this.#head, ...this.#tail.flatMap(readEntry)], total: this.#total };
  }

  /** Gives up recording. */
  abandon(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LF, start);
      if (end === -1) break;
      this.#chunks.push(chunk.subarray(start, end));
      const line = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      this.#chunks = [];
      this.#line(line.toString('latin1').replace(/\r$/, ''));
      start = end + 1;
    }
    if (start < chunk.length) this.#chunks.push(chunk.subarray(start));
  }

  #line(line: string): void {
    if (!this.#started) {
      // AUTH and MONITOR are each answered with +OK.
      if (line.startsWith('-')) this.#fail(new Error(line.slice(1)));
      else if (this.#total++ === 1) {
        this.#total = 0;
        this.#started = true;
        this.#sentinelSeen?.();
      }
      return;
    }
    if (this.#sentinel && line.endsWith(` "${this.#sentinel}"`)) {
      this.#sentinelSeen?.();
      return;
    }
    this.#total += 1;
    if (this.#head.length < EvidenceLimits.traceHead) this.#head.push(...readEntry(line));
    else {
      this.#tail.push(line);
      if (this.#tail.length > EvidenceLimits.traceTail) this.#tail.shift();
    }
  }

  #wait(begin: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(
          new InfrastructureError(`The command trace could not be recorded: ${error.message}`, {
            cause: error,
          }),
        );
      };
      const timer = setTimeout(() => fail(new Error('no answer')), START_LIMIT_MS);
      if (this.#failure) {
        fail(this.#failure);
        return;
      }
      this.#failed = fail;
      begin(() => {
        clearTimeout(timer);
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

function readEntry(line: string): TraceEntry[] {
  const entry = parseMonitorLine(line.slice(1));
  return entry ? [entry] : [];
}
