import { connect, type Socket } from 'node:net';
import type { Reply } from './reply.ts';
import { type ReplyLimits, RespParser } from './resp-parser.ts';

const CLOSED = 'Server closed the connection';

/** What a socket reports of a server that hung up while a command was on its way: which one is chance. */
const HUNG_UP = new Set(['ECONNRESET', 'EPIPE']);

/** The connection ended before a reply came. */
export class ConnectionClosedError extends Error {}

/**
 * A plain connection that sends commands one by one and gives back typed replies.
 * For what a client library hides: replies as valkey-cli sees them.
 */
export class CommandConnection {
  readonly #socket: Socket;
  readonly #parser: RespParser;
  readonly #replies: Reply[] = [];
  #waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  #closed: Error | undefined;

  private constructor(socket: Socket, limits: ReplyLimits | undefined) {
    this.#socket = socket;
    this.#parser = new RespParser(limits);
    socket.on('data', (chunk: Buffer) => {
      try {
        this.#replies.push(...this.#parser.feed(chunk));
      } catch (error) {
        socket.destroy(error as Error);
      }
      this.#deliver();
      // A server that sends faster than replies are taken waits: they must not pile up here.
      if (this.#replies.length > 0) socket.pause();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#closed ??= new ConnectionClosedError(HUNG_UP.has(error.code ?? '') ? CLOSED : error.message, {
        cause: error,
      });
    });
    socket.on('close', () => {
      this.#closed ??= new ConnectionClosedError(CLOSED);
      this.#deliver();
    });
  }

  /** Opens a connection that keeps as much of each reply as the limits say. Rejects with the socket's error. */
  static open(
    target: { path: string } | { host: string; port: number },
    limits?: ReplyLimits,
  ): Promise<CommandConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...target, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new CommandConnection(socket, limits));
      });
    });
  }

  /** Sends one command without waiting. */
  write(args: readonly Buffer[]): void {
    this.writeAll([args]);
  }

  /** Sends commands in one go, without waiting. */
  writeAll(commands: readonly (readonly Buffer[])[]): void {
    const parts: (string | Buffer)[] = [];
    for (const args of commands) {
      parts.push(`*${args.length}\r\n`);
      for (const arg of args) parts.push(`$${arg.length}\r\n`, arg, '\r\n');
    }
    this.#socket.write(
      Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    );
  }

  /** The next reply. Rejects with ConnectionClosedError. One caller at a time. */
  read(): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#deliver();
    });
  }

  /** Sends one command and waits for its reply. */
  send(args: readonly Buffer[]): Promise<Reply> {
    this.write(args);
    return this.read();
  }

  close(): void {
    this.#socket.destroy();
  }

  #deliver(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    const reply = this.#replies.shift();
    if (reply) {
      this.#waiting = undefined;
      waiting.resolve(reply);
    } else if (this.#closed) {
      this.#waiting = undefined;
      waiting.reject(this.#closed);
    } else {
      this.#socket.resume();
    }
  }
}
