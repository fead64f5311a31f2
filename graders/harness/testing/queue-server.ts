import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'iovalkey';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { findLocalValkey } from '../recording/engine/local/find.ts';
import { freePort } from '../recording/engine/local/free-port.ts';
import { eventually } from './leftovers.ts';

/** A real Valkey with a password, as the queue of a test file's tests; emptied before each of them. */
export interface QueueServer {
  readonly url: string;
  readonly password: string;
  readonly client: Redis;
}

/** Starts the server before the tests of a file and stops it after them. */
export function useQueueServer(): QueueServer {
  const password = 'not-to-be-seen';
  let folder = '';
  let port = 0;
  let server: ChildProcess | undefined;
  let client: Redis | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'queue-'));
    port = await freePort();
    const binary = (await findLocalValkey(() => undefined)).server;
    const options = ['--bind', '127.0.0.1', '--port', String(port), '--requirepass', password, '--save', ''];
    server = spawn(binary, [...options, '--dir', folder], { stdio: 'ignore' });
    const connection = new Redis({ host: '127.0.0.1', port, password, retryStrategy: () => 50 });
    // Until it listens.
    connection.on('error', () => undefined);
    client = connection;
    await eventually(async () => (connection.status === 'ready' ? true : undefined));
  });
  beforeEach(async () => {
    await client?.flushall();
  });
  afterAll(async () => {
    client?.disconnect();
    server?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  return {
    password,
    get url() {
      return `valkey://:${password}@127.0.0.1:${port}/3`;
    },
    get client() {
      if (!client) throw new Error('the queue has not been started');
      return client;
    },
  };
}
