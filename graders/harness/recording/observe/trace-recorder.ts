import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { InfrastructureError } from '../../base/errors.ts';
import type { Trace } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { LineCollector } from '../../evidence/line-collector.ts';
import type { MonitorLine } from '../../evidence/monitor-line.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import type { GraderSession } from './grader-session.ts';
import { TraceKeeper } from './trace-keeper.ts';

const LF = 10;
/** How long the server may be silent while we wait for something of it, in ms. */
const SILENCE_LIMIT_MS = 60_000;

/**
 * Records the commands that a server runs, from MONITOR. iovalkey's own monitor mode splits the arguments
 * without undoing their escapes, so the lines are read here.
 */
export class TraceRecorder {
  readonly #socket: Socket;
  readonly #keeper: TraceKeeper;
  #trace: Trace | undefined;
  /** How many of our own commands were answered before recording began. */
  #answered = 0;
  /** The line that is under way. */
  readonly #collector = new LineCollector(EvidenceLimits.traceLineBytes);
  #sentinel: string | undefined;
  #sentinelSeen: (() => void) | undefined;
  #silence: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #failed: ((error: Error) => void) | undefined;
  #started = false;

  private constructor(socket: Socket, questions: readonly TraceQuestion[]) {
    this.#socket = socket;
    this.#keeper = new TraceKeeper(questions);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  /**
   * Starts recording: every command that is sent once the promise has resolved is in the trace, or counted.
   * What of a long trace is kept depends on what the grader will ask of it.
   */
  static async start(
    address: ServerAddress,
    session: GraderSession,
    questions: readonly TraceQuestion[] = [],
  ): Promise<TraceRecorder> {
    const socket = connect({ ...connectOptions(address), noDelay: true });
    const recorder = new TraceRecorder(socket, questions);
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
    this.#trace ??= this.#keeper.finish();
    return this.#trace;
  }

  #read(chunk: Buffer): void {
    this.#silence?.refresh();
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LF, start);
      if (end === -1) break;
      this.#collector.add(chunk.subarray(start, end));
      this.#line(this.#collector.take());
      start = end + 1;
    }
    this.#collector.add(chunk.subarray(start));
  }

  #line(line: MonitorLine): void {
    const { text } = line;
    if (!this.#started) {
      // Each of the three commands is answered with +OK.
      if (text.startsWith('-')) this.#fail(new Error(text.slice(1)));
      else if (this.#answered++ === 2) {
        this.#started = true;
        this.#sentinelSeen?.();
      }
      return;
    }
    if (this.#sentinel && text.endsWith(` "${this.#sentinel}"`)) {
      this.#sentinelSeen?.();
      return;
    }
    this.#keeper.add(line);
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
