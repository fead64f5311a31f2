import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { trackCleanup } from '../../../base/cleanup.ts';
import { InfrastructureError } from '../../../base/errors.ts';
import { killGroup } from '../../../base/kill-group.ts';
import { makeScratchFolder, type ScratchFolder } from '../../../base/scratch-folder.ts';
import { SOCKET_PATH_LIMIT } from '../../../base/scratch-root.ts';
import type { ServerAddress } from '../../../valkey/client/address.ts';
import type { Engine, Notify, RunningServer, ServerEnd, ServerUsage } from '../engine.ts';
import { SERVER_MEMORY_BYTES, SERVER_OPTIONS } from '../server-options.ts';
import { findLocalValkey } from './find.ts';
import { freePort } from './free-port.ts';
import { processUsage } from './process-usage.ts';

/** How long a server may take to answer, in ms: a machine at rest needs none of it, a busy one some. */
const READY_LIMIT_MS = 60_000;
const PORT_ATTEMPTS = 5;
/** How long what a server wrote last may take to be read once it has ended, in ms: its cause is among it. */
const LAST_WORDS_LIMIT_MS = 10_000;

/**
 * Runs `valkey-server` as a process of its own in a temporary folder, on a free loopback port and on a unix
 * socket, where the folder's path will do for one. Fetches the server where the system has none.
 */
export class LocalEngine implements Engine {
  readonly kind = 'local';
  readonly image = null;
  readonly #binary: string;

  private constructor(binary: string) {
    this.#binary = binary;
  }

  /** Finds or fetches the server. Throws InfrastructureError. */
  static async prepare(notify: Notify): Promise<LocalEngine> {
    return new LocalEngine((await findLocalValkey(notify)).server);
  }

  async start(image?: string): Promise<RunningServer> {
    if (image !== undefined)
      throw new InfrastructureError(
        `This challenge needs a server of the image ${image}, which only Docker can start. That is not your fault: grade it with --engine docker.`,
      );
    for (let attempt = 1; ; attempt += 1) {
      const folder = await makeScratchFolder();
      const port = await freePort();
      const server = new LocalServer(this.#binary, folder, port);
      const problem = await server.ready();
      if (problem === null) return server;
      await server.stop();
      // Somebody may have taken the port since it was found free.
      if (attempt < PORT_ATTEMPTS && /bind|address already in use/i.test(problem)) continue;
      throw new InfrastructureError(`valkey-server (${this.#binary}) did not start: ${problem}`);
    }
  }
}

/** MONITOR and CLIENT LIST write the path as it is: a line feed in it would begin another command there. */
function canHoldSocket(path: string): boolean {
  return Buffer.byteLength(path) <= SOCKET_PATH_LIMIT && /^[\w./-]+$/.test(path);
}

class LocalServer implements RunningServer {
  readonly address: ServerAddress;
  readonly container = null;
  readonly stop: () => Promise<void>;
  readonly #process: ChildProcess;
  readonly #log: string[] = [];
  readonly #ready: Promise<string | null>;
  readonly #closed: Promise<void>;
  #end: string | null = null;
  #outOfMemory = false;

  constructor(binary: string, folder: ScratchFolder, port: number) {
    const path = join(folder.path, 'valkey.sock');
    const socket = canHoldSocket(path) ? { socketPath: path } : {};
    this.address = { host: '127.0.0.1', port, ...socket };
    // A session of its own: Ctrl-C reaches the grader alone, which then stops the server in order, and all that it forked.
    this.#process = spawn(
      '/bin/sh',
      [
        // More memory than this the server never gets, whatever is asked of it. Where the system knows no
        // such limit (macOS), its own --maxmemory has to do.
        ['-c', `ulimit -v ${SERVER_MEMORY_BYTES / 1024} 2>/dev/null; exec "$0" "$@"`, binary],
        ['--bind', '127.0.0.1', '--port', String(port)],
        socket.socketPath ? ['--unixsocket', socket.socketPath, '--unixsocketperm', '700'] : [],
        ['--dir', folder.path, '--daemonize', 'no', '--logfile', ''],
        SERVER_OPTIONS,
      ].flat(),
      { cwd: folder.path, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: {} },
    );
    const exited = new Promise<void>((resolve) => {
      this.#process.once('error', (error) => {
        this.#end ??= error.message;
        resolve();
      });
      this.#process.once('exit', (code, signal) => {
        this.#end ??= signal ? `killed by ${signal}` : `exit code ${code}`;
        resolve();
      });
    });
    this.#closed = new Promise((resolve) => this.#process.once('close', () => resolve()));
    this.#ready = this.#watchLog(exited);
    this.stop = trackCleanup(async () => {
      killGroup(this.#process);
      await exited;
      await folder.remove();
    });
  }

  /** Resolves when the server answers: null, or else why it does not. */
  ready(): Promise<string | null> {
    return this.#ready;
  }

  async end(): Promise<ServerEnd | null> {
    if (this.#end === null) return null;
    await this.#lastWords();
    return { description: this.#outOfMemory ? 'out of memory' : this.#end, outOfMemory: this.#outOfMemory };
  }

  async usage(): Promise<ServerUsage | null> {
    return this.#end === null && this.#process.pid !== undefined ? processUsage(this.#process.pid) : null;
  }

  /** Waits for what a server that has ended wrote last, which may still be on its way; keeps no process alive for it. */
  async #lastWords(): Promise<void> {
    await Promise.race([this.#closed, sleep(LAST_WORDS_LIMIT_MS, undefined, { ref: false })]);
  }

  #watchLog(exited: Promise<void>): Promise<string | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(`not ready after ${READY_LIMIT_MS / 1000} s`), READY_LIMIT_MS);
      const settle = (problem: string | null) => {
        clearTimeout(timer);
        resolve(problem);
      };
      // The unix socket is the last to be opened.
      const ready = this.address.socketPath
        ? /Ready to accept connections.*unix|now ready to accept connections at/
        : /Ready to accept connections/;
      for (const stream of [this.#process.stdout, this.#process.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', (line) => {
          this.#log.push(line);
          if (this.#log.length > 50) this.#log.shift();
          // What zmalloc's handler writes when the system gives no more.
          if (/Out Of Memory allocating/i.test(line)) this.#outOfMemory = true;
          if (ready.test(line)) settle(null);
        });
      }
      void exited
        .then(() => this.#lastWords())
        .then(() => settle(`${this.#end}. ${this.#log.slice(-3).join(' ')}`));
    });
  }
}
