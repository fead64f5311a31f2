import { setTimeout as sleep } from 'node:timers/promises';
import type { GraderSession } from '../observe/grader-session.ts';
import type { Place } from './place.ts';
import type { ReplayConnection } from './replay-connection.ts';

/** How often it is asked whether a command waits, in ms. */
const ASK_AGAIN_MS = 1;

/** A command that waits for what others do. */
interface Waiting {
  connection: ReplayConnection;
  /** The keys that it may change when it goes on. */
  places: readonly Place[];
  /** When it ended in the run at the latest, unix time in ms. */
  until: number;
}

/** The commands that wait for what others do. */
export class WaitingCommands {
  readonly #session: GraderSession;
  readonly #waiting = new Set<Waiting>();

  constructor(session: GraderSession) {
    this.#session = session;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** The keys that a step of somebody else may change by having them go on. */
  get places(): Place[] {
    return [...this.#waiting].flatMap(({ places }) => places);
  }

  /** Sends what a connection holds, the last of which may wait. */
  async send(connection: ReplayConnection, waiting: Omit<Waiting, 'connection'>): Promise<void> {
    await connection.flushBlocking((replied) => this.#waits(connection, replied));
    if (connection.isBlocked) this.#waiting.add({ connection, ...waiting });
  }

  /** Has those give up whose time was over in the run at `at`, or whose connection is the next one to send something. */
  async end(next: ReplayConnection, at: number): Promise<void> {
    for (const waiting of this.#waiting) {
      const { connection, until } = waiting;
      if (connection.isBlocked && connection !== next && until >= at) continue;
      if (connection.isBlocked)
        await this.#session.call('CLIENT', 'UNBLOCK', String(connection.id), 'TIMEOUT');
      await connection.unblocked();
      this.#waiting.delete(waiting);
    }
  }

  /** True once the server says that a connection waits, false once what was sent over it is answered. */
  async #waits(connection: ReplayConnection, replied: Promise<void>): Promise<boolean> {
    const answered = replied.then(() => true);
    for (;;) {
      if (await Promise.race([answered, sleep(ASK_AGAIN_MS, false)])) return false;
      const list = String(await this.#session.call('CLIENT', 'LIST', 'ID', String(connection.id)));
      if (/ flags=\w*b/.test(list)) return true;
    }
  }
}
