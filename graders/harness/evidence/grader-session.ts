import { randomBytes } from 'node:crypto';
import type { Redis, ReplyError } from 'iovalkey';
import { InfrastructureError, messageOf } from '../errors.ts';
import { type Credentials, connectOptions, type ServerAddress } from '../valkey/address.ts';

/** How long the learner's connections may take to close by themselves once the script has ended, in ms. */
const DRAIN_LIMIT_MS = 300;

/**
 * How long what the learner left under way may keep the server from answering, in ms: commands cannot be
 * ended, and when a Lua script is ended the next one in the line begins.
 */
const LOCK_OUT_LIMIT_MS = 3_000;

/** A Lua script of the learner does not end, and cannot be ended: it has written already. */
export class EndlessScriptError extends InfrastructureError {}

/** The learner left the server with so much to do that it answers nobody. */
export class BusyServerError extends InfrastructureError {}

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
   * the learner's user, without the commands of category admin.
   * Throws InfrastructureError.
   */
  static async open(address: ServerAddress): Promise<GraderSession> {
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
      // MIGRATE has the server connect to others, which may be another submission's.
      await client.call('ACL', 'SETUSER', 'default', '-@admin', '-migrate');
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

  /**
   * Ends all that the learner may still have under way: what was sent before the script ended is run, a Lua
   * script that does not end is ended, then the learner's user is disabled and its connections are closed.
   * Throws EndlessScriptError where a Lua script cannot be ended, and BusyServerError where the server does
   * not get round to it: it is of no more use then.
   */
  async lockOutLearner(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Whatever is still waited for ends with the connection.
        this.close();
        reject(new BusyServerError(`The grading server did not answer for ${LOCK_OUT_LIMIT_MS / 1000} s`));
      }, LOCK_OUT_LIMIT_MS);
    });
    try {
      await Promise.race([this.#lockOut(), limit]);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#client.disconnect();
  }

  async #lockOut(): Promise<void> {
    const limit = Date.now() + DRAIN_LIMIT_MS;
    while ((await this.#learnerConnections()) > 0 && Date.now() < limit) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await this.#insist('ACL', 'SETUSER', 'default', 'off');
    await this.#insist('CLIENT', 'KILL', 'USER', 'default');
  }

  async #learnerConnections(): Promise<number> {
    const list = String(await this.#insist('CLIENT', 'LIST'));
    return list.split('\n').filter((line) => / user=default /.test(line)).length;
  }

  /** Runs a command whatever it takes: a Lua script that keeps the server busy is ended first. */
  async #insist(command: string, ...args: string[]): Promise<unknown> {
    for (;;) {
      try {
        return await this.call(command, ...args);
      } catch (error) {
        if (!isBusy(error)) throw error;
        await this.#endScript();
      }
    }
  }

  async #endScript(): Promise<void> {
    for (const kind of ['SCRIPT', 'FUNCTION']) {
      try {
        await this.call(kind, 'KILL');
        return;
      } catch (error) {
        const message = messageOf(error);
        if (/UNKILLABLE/.test(message)) throw new EndlessScriptError(message, { cause: error });
        // NOTBUSY: it has ended by itself. BUSY: it is of the other kind.
        if (!/NOTBUSY/.test(message) && !isBusy(error)) throw error;
      }
    }
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

function unusable(error: unknown): InfrastructureError {
  return new InfrastructureError(`The grading server could not be used: ${messageOf(error)}`, {
    cause: error,
  });
}

function isBusy(error: unknown): boolean {
  return /\bBUSY\b/.test(messageOf(error));
}

function token(): string {
  return randomBytes(16).toString('hex');
}
