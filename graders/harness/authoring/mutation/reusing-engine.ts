import { randomBytes } from 'node:crypto';
import { trackCleanup } from '../../base/cleanup.ts';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import { SETTINGS } from '../../evidence/server-rules.ts';
import type { Engine, RunningServer, ServerEnd, ServerUsage } from '../../recording/engine/engine.ts';
import { EngineAround } from '../../recording/engine/engine-around.ts';
import { connectOptions, type ServerAddress } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import type { Reply } from '../../valkey/client/reply.ts';

/**
 * An engine that gives out servers which were used before, put back to where they began: with ten thousand mutants,
 * starting servers would take most of the time. For commands of our own alone: a learner's server is used once.
 */
export class ReusingEngine extends EngineAround {
  /** Stops all servers that wait to be used again; those in use are stopped once they are given back. */
  readonly close: () => Promise<void>;
  readonly #idle: PooledServer[] = [];
  #closed = false;

  constructor(engine: Engine) {
    super(engine);
    this.close = trackCleanup(async () => {
      this.#closed = true;
      await Promise.all(this.#idle.splice(0).map(({ server }) => server.stop()));
    });
  }

  protected async startOwn(): Promise<RunningServer> {
    const pooled = (await this.#takeIdle()) ?? (await PooledServer.around(await this.engine.start()));
    return new LentServer(pooled, await pooled.server.usage(), (one) => this.#takeBack(one));
  }

  /** One that still runs; undefined where there is none. */
  async #takeIdle(): Promise<PooledServer | undefined> {
    for (let pooled = this.#idle.pop(); pooled; pooled = this.#idle.pop()) {
      if ((await pooled.server.end()) === null) return pooled;
      await pooled.server.stop();
    }
    return undefined;
  }

  async #takeBack(pooled: PooledServer): Promise<void> {
    const isAsNew = !this.#closed && (await pooled.reset());
    if (isAsNew && !this.#closed) this.#idle.push(pooled);
    else await pooled.server.stop();
  }
}

/** A server with a user of ours, who may do all that has to be done between one use and the next. */
class PooledServer {
  readonly server: RunningServer;
  readonly #password = randomBytes(16).toString('hex');
  /** The settings that a challenge may change, as they were when it began. */
  #settings: readonly string[] = [];

  private constructor(server: RunningServer) {
    this.server = server;
  }

  static async around(server: RunningServer): Promise<PooledServer> {
    const pooled = new PooledServer(server);
    const user = ['ACL', 'SETUSER', OWNER, 'on', `>${pooled.#password}`, '~*', '&*', '+@all'];
    try {
      const [, settings] = await send(server.address, [user, ['CONFIG', 'GET', ...SETTINGS]]);
      pooled.#settings = wordsOf(settings);
    } catch (error) {
      await server.stop();
      throw new InfrastructureError(`The grading server could not be used: ${messageOf(error)}`, {
        cause: error,
      });
    }
    return pooled;
  }

  /** Puts the server back to where it began. False where that cannot be done. */
  async reset(): Promise<boolean> {
    // One that has grown might be taken for one that the next mutant made grow.
    const hasGrown = ((await this.server.usage())?.memoryBytes ?? 0) > MEMORY_LIMIT_BYTES;
    if (hasGrown || (await this.server.end()) !== null) return false;
    const login = ['AUTH', OWNER, this.#password];
    try {
      const [, users] = await send(this.server.address, [login, ['ACL', 'USERS']]);
      const others = wordsOf(users).filter((name) => name !== 'default' && name !== OWNER);
      await send(this.server.address, [
        login,
        ['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'],
        ['CLIENT', 'KILL', 'TYPE', 'pubsub'],
        ['ACL', 'DELUSER', ...others, 'nobody'],
        ['ACL', 'SETUSER', 'default', 'reset', 'on', 'nopass', '~*', '&*', '+@all'],
        ['ACL', 'LOG', 'RESET'],
        ['FLUSHALL', 'SYNC'],
        ['SCRIPT', 'FLUSH', 'SYNC'],
        ['FUNCTION', 'FLUSH', 'SYNC'],
        ['CONFIG', 'SET', ...this.#settings],
        ['CONFIG', 'RESETSTAT'],
      ]);
      return true;
    } catch {
      // It is busy or gone: another one takes its place.
      return false;
    }
  }
}

/** A server that nobody has used holds a tenth of it. */
const MEMORY_LIMIT_BYTES = 128 * 1024 * 1024;
const OWNER = 'keyspace-grader-mutation';

/** Runs commands on a connection of their own. Rejects where one is refused. */
async function send(address: ServerAddress, commands: readonly (readonly string[])[]): Promise<Reply[]> {
  const connection = await CommandConnection.open(connectOptions(address));
  try {
    for (const words of commands) connection.write(words.map((word) => Buffer.from(word)));
    const replies: Reply[] = [];
    for (const [name] of commands) {
      const reply = await connection.read();
      if (reply.type === 'error') throw new Error(`${name}: ${reply.value}`);
      replies.push(reply);
    }
    return replies;
  } finally {
    connection.close();
  }
}

/** The texts of a list. */
function wordsOf(reply: Reply | undefined): string[] {
  if (reply?.type !== 'array') return [];
  return reply.items.flatMap((item) => (item.type === 'bulk' ? [item.value.toString()] : []));
}

/** A pooled server for one use: stopping it gives it back. */
class LentServer implements RunningServer {
  readonly address: ServerAddress;
  readonly container: string | null;
  readonly stop: () => Promise<void>;
  readonly #server: RunningServer;
  readonly #usedBefore: ServerUsage | null;

  constructor(
    pooled: PooledServer,
    usedBefore: ServerUsage | null,
    giveBack: (one: PooledServer) => Promise<void>,
  ) {
    this.#server = pooled.server;
    this.#usedBefore = usedBefore;
    this.address = pooled.server.address;
    this.container = pooled.server.container;
    this.stop = trackCleanup(() => giveBack(pooled));
  }

  end(): Promise<ServerEnd | null> {
    return this.#server.end();
  }

  async usage(): Promise<ServerUsage | null> {
    const usage = await this.#server.usage();
    return usage && { ...usage, cpuMs: usage.cpuMs - (this.#usedBefore?.cpuMs ?? 0) };
  }
}
