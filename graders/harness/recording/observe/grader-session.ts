import { randomBytes } from 'node:crypto';
import type { Redis, ReplyError } from 'iovalkey';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { NEVER_GIVEN } from '../../evidence/server-rules.ts';
import { type Credentials, connectOptions, type ServerAddress } from '../../valkey/client/address.ts';

/** Loads the client of Valkey, which takes as long as a server takes to start: begin with it meanwhile. */
export const loadClient = () => import('./client.ts');

/**
 * The grader's own connection to a server: it outranks the learner and does not depend on anything that
 * the learner may touch.
 */
export class GraderSession {
  readonly credentials: Credentials;
  readonly #client: Redis;
  /** What an error is by which the server refuses a command. */
  readonly #Refusal: typeof ReplyError;

  private constructor(client: Redis, credentials: Credentials, Refusal: typeof ReplyError) {
    this.#client = client;
    this.credentials = credentials;
    this.#Refusal = Refusal;
  }

  /**
   * Takes over a fresh server: makes a user with a random password for the grader, and leaves `default`,
   * the learner's user, without the commands of category admin, but for those that are given.
   * Throws InfrastructureError.
   */
  static async open(address: ServerAddress, given: readonly string[] = []): Promise<GraderSession> {
    const { Redis, ReplyError } = await loadClient();
    const client = new Redis({
      ...connectOptions(address),
      lazyConnect: true,
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    // Each call reports its own failure; without a listener the library prints them too.
    client.on('error', () => undefined);
    const credentials = { username: `grader-${token()}`, password: token() };
    const session = new GraderSession(client, credentials, ReplyError);
    await session.#attempt(async () => {
      await client.connect();
      const { username, password } = credentials;
      await client.call('ACL', 'SETUSER', username, 'on', `>${password}`, '~*', '&*', '+@all');
      await client.call('AUTH', username, password);
      await client.call('ACL', 'SETUSER', 'default', ...NEVER_GIVEN, ...given.map((name) => `+${name}`));
      await client.call('CLIENT', 'NO-EVICT', 'on');
    });
    return session;
  }

  /** Runs a command. Throws InfrastructureError where the server cannot be reached. */
  async call(command: string, ...args: (string | Buffer)[]): Promise<unknown> {
    return this.#attempt(() => this.#client.call(command, ...args));
  }

  /** Runs many commands in one go and gives back their replies, strings as buffers. */
  async callAll(commands: readonly (readonly (string | Buffer)[])[]): Promise<unknown[]> {
    const replies = await this.#pipeline(commands);
    return replies.map(([error, reply], index) => {
      if (error) {
        const name = String(commands[index]?.[0]);
        throw new InfrastructureError(`The server refused the grader (${name}): ${error.message}`, {
          cause: error,
        });
      }
      return reply;
    });
  }

  /** As {@link callAll}, for commands that may be refused: these have undefined in place of a reply. */
  async tryAll(commands: readonly (readonly (string | Buffer)[])[]): Promise<unknown[]> {
    const replies = await this.#pipeline(commands);
    return replies.map(([error, reply]) => {
      if (error && !(error instanceof this.#Refusal)) throw unusable(error);
      return error ? undefined : reply;
    });
  }

  /** The server's clock: unix time in ms. */
  async time(): Promise<number> {
    const [seconds, micros] = (await this.call('TIME')) as [string, string];
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  }

  /** Name and version of the server. */
  async version(): Promise<{ name: string; version: string }> {
    const info = String(await this.call('INFO', 'server'));
    const field = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
    const valkey = field('valkey_version');
    return valkey
      ? { name: field('server_name') ?? 'valkey', version: valkey }
      : { name: 'redis', version: field('redis_version') ?? 'unknown' };
  }

  close(): void {
    this.#client.disconnect();
  }

  async #pipeline(commands: readonly (readonly (string | Buffer)[])[]): Promise<[Error | null, unknown][]> {
    if (commands.length === 0) return [];
    const pipeline = this.#client.pipeline();
    for (const [command, ...args] of commands) pipeline.callBuffer(String(command), ...args);
    return (await this.#attempt(() => pipeline.exec())) ?? [];
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw unusable(error);
    }
  }
}

/** What a failure to talk to the server is: a fault of ours. */
export function unusable(error: unknown): InfrastructureError {
  return new InfrastructureError(`The grading server could not be used: ${messageOf(error)}`, {
    cause: error,
  });
}

function token(): string {
  return randomBytes(16).toString('hex');
}
