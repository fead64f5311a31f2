import { execFile } from 'node:child_process';
import { afterAll, beforeAll } from 'vitest';
import type { RunningServer } from '../recording/engine/engine.ts';
import { LocalEngine } from '../recording/engine/local/engine.ts';
import { findLocalValkey } from '../recording/engine/local/find.ts';
import { GraderSession } from '../recording/observe/grader-session.ts';
import type { ServerAddress } from '../valkey/client/address.ts';

/** A real server that the tests of a file share. Its parts are there once the tests run. */
export interface TestServer {
  readonly address: ServerAddress;
  readonly session: GraderSession;
  readonly running: RunningServer;
  /** Runs the real valkey-cli as the learner's user and gives back what it prints, byte for byte. */
  cli(args: readonly string[], input?: string | Buffer): Promise<Buffer>;
}

/** Starts a real server before the tests of a file and stops it after them. */
export function useServer(): TestServer {
  let running: RunningServer | undefined;
  let session: GraderSession | undefined;
  beforeAll(async () => {
    running = await (await LocalEngine.prepare(() => undefined)).start();
    session = await GraderSession.open(running.address);
  });
  afterAll(async () => {
    session?.close();
    await running?.stop();
  });
  return {
    get running() {
      return there(running);
    },
    get address() {
      return there(running).address;
    },
    get session() {
      return there(session);
    },
    cli: (args, input) => runCli(there(running).address, args, input),
  };
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the test server has not been started');
  return part;
}

async function runCli(
  { host, port }: ServerAddress,
  args: readonly string[],
  input: string | Buffer = '',
): Promise<Buffer> {
  const { cli } = await findLocalValkey(() => undefined);
  if (!cli) throw new Error('this machine has valkey-server, but no valkey-cli to compare with');
  return new Promise((resolve, reject) => {
    const child = execFile(
      cli,
      ['-h', host, '-p', String(port), ...args],
      { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024, env: {} },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`valkey-cli failed: ${stderr}`, { cause: error }));
        else resolve(stdout);
      },
    );
    child.stdin?.end(input);
  });
}
