import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { InfrastructureError } from '../../base/errors.ts';
import type { Trace } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { LineCollector } from '../../evidence/line-collector.ts';
import type { MonitorLine } from '../../evidence/monitor-line.ts';
import type { TraceQuestion } from '../../evidence/trace-question.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { startCommandLog } from './command-log.ts';
import { ExactArguments } from './exact-arguments.ts';
import type { GraderSession } from './grader-session.ts';
import { TraceKeeper } from './trace-keeper.ts';

const LF = 10;
/** How long the server may be silent while we wait for something of it, in ms. */
const SILENCE_LIMIT_MS = 60_000;
/** What tells a command of ours. */
const SENTINEL_DIGITS = 32;
/** Bytes of lines with the text of a script that are kept to ask the server about. */
const SCRIPT_BYTES = 4 * 1024 * 1024;
const SCRIPT_CALL = /^\] "(?:EVAL(?:_RO)?|SCRIPT" "LOAD)" "/i;

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
  #sentinelSeen: ((text?: string) => void) | undefined;
  #silence: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #failed: ((error: Error) => void) | undefined;
  #started = false;
  /** True where the server leaves quotes and backslashes as they are. */
  #isBare = false;
  /** Lines with the text of a script, each once: the server knows that text. */
  readonly #scripts = new Map<string, MonitorLine>();
  #scriptBytes = SCRIPT_BYTES;
  /** What is known of the arguments on lines that leave it open. */
  #exact: ExactArguments | undefined;

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
    // How the server prints a quote tells whether its lines can be read.
    const printed = await recorder.#printedOf(session, `${randomBytes(16).toString('hex')}"`);
    recorder.#isBare = !printed.endsWith('\\""');
    if (recorder.#isBare) await startCommandLog(session);
    return recorder;
  }

  /**
   * Ends recording. Commands reach the trace in the order in which the server ran them: when a command of
   * our own is seen, all before it have been.
   */
  async finish(session: GraderSession): Promise<Trace> {
    await this.#printedOf(session, randomBytes(16).toString('hex'));
    // What the server is asked from here on is in no trace.
    this.#socket.destroy();
    if (this.#isBare) this.#exact = await ExactArguments.ask(session, [...this.#scripts.values()]);
    return this.abandon();
  }

  /** Gives up recording, and gives back what was seen so far. */
  abandon(): Trace {
    this.#socket.destroy();
    const exact = this.#exact ?? (this.#isBare ? new ExactArguments() : undefined);
    this.#trace ??= this.#keeper.finish(exact && ((line) => exact.of(line)));
    return this.#trace;
  }

  /** Has the server print a command of ours, which is in no trace. */
  async #printedOf(session: GraderSession, sentinel: string): Promise<string> {
    let printed = '';
    await this.#wait((resolve) => {
      this.#sentinel = sentinel.slice(0, SENTINEL_DIGITS);
      this.#sentinelSeen = (text = '') => {
        printed = text;
        resolve();
      };
      session.call('ECHO', sentinel).catch((error: Error) => this.#fail(error));
    });
    this.#sentinel = undefined;
    return printed;
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
    if (this.#sentinel && text.includes(` "${this.#sentinel}`)) {
      this.#sentinelSeen?.(text);
      return;
    }
    if (this.#isBare) this.#addBare({ ...line, isBare: true });
    else this.#keeper.add(line);
  }

  #addBare(line: MonitorLine): void {
    const { length } = line.text;
    const call = line.text.slice(line.text.indexOf('] "'));
    const mayBeScript = SCRIPT_CALL.test(call);
    if (mayBeScript && length <= this.#scriptBytes && !this.#scripts.has(call)) {
      this.#scriptBytes -= length;
      this.#scripts.set(call, line);
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
