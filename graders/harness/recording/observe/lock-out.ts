import { setTimeout as sleep } from 'node:timers/promises';
import { InfrastructureError, messageOf } from '../../base/errors.ts';
import type { RunningServer } from '../engine/engine.ts';
import type { GraderSession } from './grader-session.ts';
import { ServerPatience } from './server-patience.ts';

/**
 * How long nothing may come over the learner's connections before they are closed, in ms. What was sent before the
 * script ended lies before the server already, or is on its way through a proxy.
 */
const QUIET_LIMIT_MS = 300;
/** What counts at most of the time between two looks, in ms. */
const LONGEST_LOOK_MS = 50;
/** How long the server may work on what the script sent before it ended, in ms of processor time. */
const DRAIN_LIMIT_MS = 1_000;
/**
 * How long what the learner left under way may keep the server from answering, in ms of processor time: commands
 * cannot be ended, and when a Lua script is ended the next one in the line begins.
 */
const BUSY_LIMIT_MS = 3_000;
/** How long a Lua script that cannot be ended may take to end by itself, in ms of processor time. */
const UNKILLABLE_LIMIT_MS = 1_000;
/** How often it is asked whether such a script has ended, in ms. */
const ASK_AGAIN_MS = 100;

/** A Lua script of the learner does not end, and cannot be ended: it has written already. */
export class EndlessScriptError extends InfrastructureError {}

/** The learner left the server with so much to do that it answers nobody. */
export class BusyServerError extends InfrastructureError {}

/**
 * Ends all that the learner may still have under way: what was sent before the script ended is run, a Lua script
 * that does not end is ended, then the learner's user is disabled and its connections are closed.
 * Throws EndlessScriptError if a Lua script cannot be ended, BusyServerError if the server works without ever
 * answering (both close the session: it is of no more use), and InfrastructureError if it does nothing.
 */
export async function lockOutLearner(session: GraderSession, server: RunningServer): Promise<void> {
  await unlessBusy(session, server, (patience) => new LockOut(session, patience).run());
}

/**
 * Does something for which the server must answer. Throws BusyServerError if it works without ever answering, and
 * InfrastructureError if it does nothing; both close the session.
 */
export async function unlessBusy<T>(
  session: GraderSession,
  server: RunningServer,
  work: (patience: ServerPatience) => Promise<T>,
): Promise<T> {
  const patience = new ServerPatience(server);
  const done = new AbortController();
  const runOut = patience.runsOut(BUSY_LIMIT_MS, done.signal).then((): never => {
    throw new BusyServerError(`The grading server worked for ${BUSY_LIMIT_MS / 1000} s without an answer`);
  });
  try {
    return await Promise.race([work(patience), runOut]);
  } catch (error) {
    // Whatever is still waited for ends with the connection.
    session.close();
    throw error;
  } finally {
    done.abort();
  }
}

class LockOut {
  readonly #session: GraderSession;
  readonly #patience: ServerPatience;

  constructor(session: GraderSession, patience: ServerPatience) {
    this.#session = session;
    this.#patience = patience;
  }

  async run(): Promise<void> {
    await this.#drain();
    await this.#insist('ACL', 'SETUSER', 'default', 'off');
    // A challenge may let learners make users, who can be connected yet.
    const users = (await this.#others()).map((line) => / user=(\S*) /.exec(line)?.[1] ?? '');
    for (const user of new Set(['default', ...users])) await this.#insist('CLIENT', 'KILL', 'USER', user);
  }

  /** Waits while the learner's connections close by themselves, or something still comes over them. */
  async #drain(): Promise<void> {
    let last = '';
    let lookedAt = performance.now();
    let quietMs = 0;
    for (;;) {
      const connections = await this.#connections();
      if (connections === '') return;
      const now = performance.now();
      if (connections === last) {
        // Where we were busy ourselves, nobody was quiet.
        quietMs += Math.min(now - lookedAt, LONGEST_LOOK_MS);
        if (quietMs > QUIET_LIMIT_MS) return;
      } else {
        // A process that got away (where the system has no namespaces) may go on for ever.
        if ((await this.#patience.spentMs()) > DRAIN_LIMIT_MS) return;
        last = connections;
        quietMs = 0;
      }
      lookedAt = now;
      await sleep(2);
    }
  }

  /** The learner's connections, in words that change if something has come over one of them. */
  async #connections(): Promise<string> {
    return (await this.#others()).map((line) => line.replace(/ (?:age|idle)=\d+/g, '')).join('\n');
  }

  /** What CLIENT LIST tells of all connections but those of the grader. */
  async #others(): Promise<string[]> {
    const own = ` user=${this.#session.credentials.username} `;
    const list = String(await this.#insist('CLIENT', 'LIST'));
    return list.split('\n').filter((line) => line !== '' && !line.includes(own));
  }

  /** Runs a command whatever it takes: a Lua script that keeps the server busy is ended first. */
  async #insist(command: string, ...args: string[]): Promise<unknown> {
    let unkillableAt: number | undefined;
    for (;;) {
      try {
        return await this.#session.call(command, ...args);
      } catch (error) {
        if (!isBusy(error)) throw error;
        const unkillable = await this.#endScript();
        if (unkillable === null) continue;
        const spent = await this.#patience.spentMs();
        unkillableAt ??= spent;
        if (spent - unkillableAt >= UNKILLABLE_LIMIT_MS) throw unkillable;
        await sleep(ASK_AGAIN_MS);
      }
    }
  }

  /** Ends the Lua script that is running. If it cannot be ended, gives back why: it may yet end by itself. */
  async #endScript(): Promise<EndlessScriptError | null> {
    for (const kind of ['SCRIPT', 'FUNCTION']) {
      try {
        await this.#session.call(kind, 'KILL');
        return null;
      } catch (error) {
        const message = messageOf(error);
        if (/UNKILLABLE/.test(message)) return new EndlessScriptError(message, { cause: error });
        // NOTBUSY: it has ended by itself. BUSY: it is of the other kind.
        if (!/NOTBUSY/.test(message) && !isBusy(error)) throw error;
      }
    }
    return null;
  }
}

function isBusy(error: unknown): boolean {
  return /\bBUSY\b/.test(messageOf(error));
}
