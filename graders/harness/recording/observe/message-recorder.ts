import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { cutValue, toBytes, type Value } from '../../base/bytes.ts';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import type { Messages, PublishedMessage } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import type { Reply } from '../../valkey/client/reply.ts';
import { RespParser } from '../../valkey/client/resp-parser.ts';
import type { GraderSession } from './grader-session.ts';

/** As much of one message, with its channel, as is read: more than evidence keeps of both. */
const READ_LIMITS = { bytes: 4 * EvidenceLimits.valueBytes, depth: 4 };
/** How long the server may be silent while we wait for something of it, in ms. */
const SILENCE_LIMIT_MS = 60_000;

/**
 * Records the messages that are published on any channel, as a subscriber gets them: what the trace shows may
 * have been a transaction or a script that went wrong, and may be cut. Messages of sharded channels (SPUBLISH)
 * reach no subscriber of patterns.
 * While it records, PUBLISH answers one subscriber more than the learner has, and PUBSUB NUMPAT one pattern
 * more. Its own commands are sent before the trace begins and after it has ended.
 */
export class MessageRecorder {
  readonly #socket: Socket;
  readonly #parser = new RespParser(READ_LIMITS);
  readonly #entries: PublishedMessage[] = [];
  #bytes = 0;
  #cut = false;
  #waiting:
    | { isOver: (reply: Reply) => boolean; resolve: () => void; fail: (error: Error) => void }
    | undefined;
  #silence: NodeJS.Timeout | undefined;
  #closed: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#close(error));
    socket.on('close', () => this.#close(new Error('the connection was closed')));
  }

  /** Starts recording: every message that is published once the promise has resolved is recorded. */
  static async start(address: ServerAddress, session: GraderSession): Promise<MessageRecorder> {
    const recorder = new MessageRecorder(connect({ ...connectOptions(address), noDelay: true }));
    const { username, password } = session.credentials;
    const commands = `AUTH ${username} ${password}\r\nCLIENT NO-EVICT on\r\nPSUBSCRIBE *\r\n`;
    try {
      await recorder.#ask(commands, (reply) => textAt(reply, 0) === 'psubscribe');
    } catch (error) {
      recorder.abandon();
      throw error;
    }
    return recorder;
  }

  /**
   * Ends recording. A subscriber that cannot keep up is disconnected by the server, so that a flood of
   * messages is cut, as any other evidence is.
   */
  async finish(): Promise<Messages> {
    if (!this.#closed) {
      const sentinel = randomBytes(16).toString('hex');
      await this.#ask(`PING ${sentinel}\r\n`, (reply) => textAt(reply, 1) === sentinel).catch((error) => {
        // The server disconnected us: whether it is well, the session knows.
        if (!this.#closed) throw error;
      });
    }
    if (this.#closed) this.#cut = true;
    return this.abandon();
  }

  /** Gives up recording, and gives back what was seen so far. */
  abandon(): Messages {
    this.#socket.destroy();
    return { entries: [...this.#entries], cut: this.#cut };
  }

  #read(chunk: Buffer): void {
    this.#silence?.refresh();
    try {
      for (const reply of this.#parser.feed(chunk)) this.#take(reply);
    } catch (error) {
      this.#socket.destroy(error instanceof Error ? error : new Error(messageOf(error)));
    }
  }

  #take(reply: Reply): void {
    if (reply.type === 'error') this.#waiting?.fail(new Error(reply.value));
    else if (this.#waiting?.isOver(reply)) this.#waiting.resolve();
    // Only what came by our pattern: CLIENT TRACKING may redirect the learner's own to us, too.
    else if (textAt(reply, 0) === 'pmessage') this.#keep(reply);
  }

  /** `pmessage`, the pattern, the channel, the message. */
  #keep(reply: Reply): void {
    const [channel, message] = [bulkAt(reply, 2), bulkAt(reply, 3)];
    const { messages, messagesBytes, valueBytes } = EvidenceLimits;
    // Behind a channel's name of no sensible length, no message is read.
    this.#bytes += channel && message ? lengthOf(channel) + lengthOf(message) : messagesBytes + 1;
    if (this.#entries.length >= messages || this.#bytes > messagesBytes) this.#cut = true;
    // None is kept behind one that was not.
    if (this.#cut || !channel || !message) return;
    this.#entries.push({ channel: asValue(channel, valueBytes), message: asValue(message, valueBytes) });
  }

  #ask(commands: string, isOver: (reply: Reply) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(this.#silence);
        this.#silence = undefined;
        this.#waiting = undefined;
      };
      const fail = (cause: Error) => {
        end();
        reject(
          new InfrastructureError(`The published messages could not be recorded: ${cause.message}`, {
            cause,
          }),
        );
      };
      // A backlog may take longer than that: only silence counts.
      this.#silence = setTimeout(() => fail(new Error('no answer')), SILENCE_LIMIT_MS);
      this.#waiting = {
        isOver,
        resolve: () => {
          end();
          resolve();
        },
        fail,
      };
      this.#socket.write(commands);
    });
  }

  #close(error: Error): void {
    this.#closed ??= error;
    this.#waiting?.fail(this.#closed);
  }
}

type Bulk = Extract<Reply, { value: Buffer }>;

function bulkAt(reply: Reply, index: number): Bulk | undefined {
  const item = reply.type === 'array' ? reply.items[index] : undefined;
  return item?.type === 'bulk' ? item : undefined;
}

function lengthOf({ value, missing = 0 }: Bulk): number {
  return value.length + missing;
}

function asValue(bulk: Bulk, limit: number): Value {
  const length = lengthOf(bulk);
  return length <= limit ? toBytes(bulk.value) : cutValue(bulk.value.subarray(0, limit), length);
}

function textAt(reply: Reply, index: number): string | undefined {
  return bulkAt(reply, index)?.value.toString();
}
