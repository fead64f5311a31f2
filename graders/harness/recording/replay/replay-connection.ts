import type { Credentials, ServerAddress } from '../../valkey/client/address.ts';
import { connectOptions } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import type { Reply } from '../../valkey/client/reply.ts';

/** As much of one reply as is read: what the server tells of the keys that a step may have changed, too. */
const READ_LIMITS = { bytes: 8 * 1024 * 1024, depth: 32 };

type Take = (reply: Reply) => void;

/** A connection over which commands of one client of the trace are sent again, many at a time. */
export class ReplayConnection {
  readonly #connection: CommandConnection;
  readonly #login: readonly Buffer[];
  #commands: (readonly Buffer[])[] = [];
  #takes: Take[] = [];
  #id = 0;
  /** The reply to a command that waits for what others do. */
  #blocked: Promise<void> | undefined;

  private constructor(connection: CommandConnection, login: readonly Buffer[]) {
    this.#connection = connection;
    this.#login = login;
  }

  static async open(address: ServerAddress, { username, password }: Credentials): Promise<ReplayConnection> {
    const connection = await CommandConnection.open(connectOptions(address), READ_LIMITS);
    const replay = new ReplayConnection(
      connection,
      ['AUTH', username, password].map((arg) => Buffer.from(arg)),
    );
    replay.login();
    replay.add([Buffer.from('CLIENT'), Buffer.from('ID')], (reply) => {
      replay.#id = Number('value' in reply ? reply.value : 0);
    });
    return replay;
  }

  /** How the server names it. */
  get id(): number {
    return this.#id;
  }

  get isBlocked(): boolean {
    return this.#blocked !== undefined;
  }

  /** How many commands are to be sent. */
  get length(): number {
    return this.#commands.length;
  }

  /** Takes a command that the next flush sends, and what becomes of its reply. */
  add(args: readonly Buffer[], take: Take = () => undefined): void {
    this.#commands.push(args);
    this.#takes.push(take);
  }

  login(): void {
    this.add(this.#login);
  }

  /** Makes it as good as new, for the next client. */
  reset(): void {
    this.add([Buffer.from('RESET')]);
    this.login();
  }

  /** Sends what was taken, and resolves when all of it is answered. Rejects with ConnectionClosedError. */
  async flush(): Promise<void> {
    const [commands, takes] = [this.#commands, this.#takes];
    if (commands.length === 0) return;
    this.#commands = [];
    this.#takes = [];
    this.#connection.writeAll(commands);
    for (const take of takes) take(await this.#next());
  }

  /**
   * As {@link flush}, of commands the last of which may wait for what others do: `waits` tells whether it does.
   */
  async flushBlocking(waits: (replied: Promise<void>) => Promise<boolean>): Promise<void> {
    const replied = this.flush();
    this.#blocked = replied.finally(() => {
      this.#blocked = undefined;
    });
    // Where the connection ends, who waits for it is told.
    this.#blocked.catch(() => undefined);
    if (!(await waits(replied))) await replied;
  }

  /** Resolves when the command that waits is answered. */
  async unblocked(): Promise<void> {
    await this.#blocked;
  }

  close(): void {
    this.#connection.close();
  }

  async #next(): Promise<Reply> {
    for (;;) {
      const reply = await this.#connection.read();
      // What comes by itself answers nothing.
      if (reply.type !== 'push') return reply;
    }
  }
}
