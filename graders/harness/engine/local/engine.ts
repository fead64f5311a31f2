import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { trackCleanup } from '../../cleanup.ts';
import { InfrastructureError } from '../../errors.ts';
import { makeScratchFolder, type ScratchFolder } from '../../scratch-folder.ts';
import type { Engine, Notify, RunningServer } from '../engine.ts';
import { SERVER_OPTIONS } from '../server-options.ts';
import { findLocalValkey } from './find.ts';
import { freePort } from './free-port.ts';

const READY_LIMIT_MS = 10_000;
const PORT_ATTEMPTS = 5;

/**
 * Runs `valkey-server` as a process of its own in a temporary folder, on a unix socket and a free loopback
 * port. Fetches the server where the system has none.
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

  async start(): Promise<RunningServer> {
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

class LocalServer implements RunningServer {
  readonly address;
  readonly stop: () => Promise<void>;
  readonly #process: ChildProcess;
  readonly #log: string[] = [];
  readonly #ready: Promise<string | null>;
  #end: string | null = null;

  constructor(binary: string, folder: ScratchFolder, port: number) {
    const socketPath = join(folder.path, 'valkey.sock');
    this.address = { host: '127.0.0.1', port, socketPath };
    // A session of its own: Ctrl-C reaches the grader alone, which then stops the server in order.
    this.#process = spawn(
      binary,
      [
        ['--bind', '127.0.0.1', '--port', String(port)],
        ['--unixsocket', socketPath, '--unixsocketperm', '700'],
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
    this.#ready = this.#watchLog(exited);
    this.stop = trackCleanup(async () => {
      this.#process.kill('SIGKILL');
      await exited;
      await folder.remove();
    });
  }

  /** Resolves when the server answers: null, or else why it does not. */
  ready(): Promise<string | null> {
    return this.#ready;
  }

  async end(): Promise<string | null> {
    return this.#end;
  }

  #watchLog(exited: Promise<void>): Promise<string | null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(`not ready after ${READY_LIMIT_MS / 1000} s`), READY_LIMIT_MS);
      const settle = (problem: string | null) => {
        clearTimeout(timer);
        resolve(problem);
      };
      for (const stream of [this.#process.stdout, this.#process.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on('line', (line) => {
          this.#log.push(line);
          if (this.#log.length > 50) this.#log.shift();
          // The unix socket is the last to be opened.
          if (
            /Ready to accept connections.*unix/.test(line) ||
            /now ready to accept connections at/.test(line)
          ) {
            settle(null);
          }
        });
      }
      void exited.then(() => settle(`${this.#end}. ${this.#log.slice(-3).join(' ')}`));
    });
  }
}
