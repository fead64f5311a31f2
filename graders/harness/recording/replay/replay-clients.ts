import type { Credentials, ServerAddress } from '../../valkey/client/address.ts';
import { ReplayConnection } from './replay-connection.ts';

/**
 * A connection for each client of a trace, so that transactions, watched keys and chosen databases are again those of
 * one connection. Of clients that come one after the other, the next one takes over the connection, as good as new.
 */
export class ReplayClients {
  readonly #address: ServerAddress;
  readonly #credentials: Credentials;
  readonly #used = new Map<string, ReplayConnection>();
  readonly #free: ReplayConnection[] = [];
  readonly #all: ReplayConnection[] = [];
  /** How many steps of each client are still to come. */
  readonly #left = new Map<string, number>();

  constructor(address: ServerAddress, credentials: Credentials) {
    this.#address = address;
    this.#credentials = credentials;
  }

  /** Opens a connection for the first client. */
  async ready(): Promise<void> {
    this.#free.push(await this.#open());
  }

  /** Tells who sends each step, in their order. */
  expect(sources: readonly string[]): void {
    for (const source of sources) this.#left.set(source, (this.#left.get(source) ?? 0) + 1);
  }

  /** The connection of a client. */
  async of(source: string): Promise<ReplayConnection> {
    const used = this.#used.get(source);
    if (used) return used;
    const connection = this.#free.pop() ?? (await this.#open());
    this.#used.set(source, connection);
    return connection;
  }

  /** Takes note that a step was sent: behind the last one of a client, its connection is free for others. */
  done(source: string): void {
    const left = (this.#left.get(source) ?? 1) - 1;
    this.#left.set(source, left);
    const connection = this.#used.get(source);
    // One that waits goes on waiting.
    if (left > 0 || !connection || connection.isBlocked) return;
    this.#used.delete(source);
    connection.reset();
    this.#free.push(connection);
  }

  close(): void {
    for (const connection of this.#all) connection.close();
  }

  async #open(): Promise<ReplayConnection> {
    const connection = await ReplayConnection.open(this.#address, this.#credentials);
    this.#all.push(connection);
    return connection;
  }
}
