import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../base/scratch-folder.ts';
import { PATIENCE } from '../../../testing/time-enough.ts';
import { connectOptions, type ServerAddress } from '../../../valkey/client/address.ts';
import { CommandConnection } from '../../../valkey/client/command-connection.ts';
import { splitArguments } from '../../../valkey/notation/quoting.ts';
import type { RunningServer } from '../engine.ts';
import { LocalEngine } from './engine.ts';
import { findLocalValkey } from './find.ts';
import { freePort } from './free-port.ts';

const running: RunningServer[] = [];

async function start(): Promise<RunningServer> {
  const server = await (await LocalEngine.prepare(() => undefined)).start();
  running.push(server);
  return server;
}

async function ask(address: ServerAddress, command: string): Promise<string> {
  const connection = await CommandConnection.open(connectOptions(address));
  try {
    const reply = await connection.send(splitArguments(command));
    return 'value' in reply ? String(reply.value) : JSON.stringify(reply);
  } finally {
    connection.close();
  }
}

/** False for one that has ended, though nobody has asked yet how. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    // It is not there any more.
    return false;
  }
}

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

describe('LocalEngine', () => {
  it('starts servers that answer, each of its own', async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.address.port).not.toBe(second.address.port);
    const { host, port } = first.address;
    expect(await ask(first.address, 'SET a 1')).toBe('OK');
    expect(await ask({ host, port }, 'GET a')).toBe('1');
    expect(await ask(second.address, 'EXISTS a')).toBe('0');
    expect(await first.end()).toBeNull();
  });

  it('stops a server and leaves nothing of it', async () => {
    const server = await start();
    const { socketPath = '' } = server.address;
    expect(existsSync(socketPath)).toBe(true);
    const pid = Number(/process_id:(\d+)/.exec(await ask(server.address, 'INFO server'))?.[1]);
    await Promise.all([server.stop(), server.stop()]);
    expect(existsSync(dirname(socketPath))).toBe(false);
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  it.skipIf(!existsSync('/proc'))('stops what a server has forked too', async () => {
    const server = await start();
    const connection = await CommandConnection.open(connectOptions(server.address));
    // It takes more than a minute to save that key, in a process of its own.
    await connection.send(splitArguments('CONFIG SET rdb-key-save-delay 100000000'));
    await connection.send(splitArguments('SET a 1'));
    await connection.send(splitArguments('BGSAVE'));
    const pid = Number(/process_id:(\d+)/.exec(await ask(server.address, 'INFO server'))?.[1]);
    const forked = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'))
      .trim()
      .split(/\s+/)
      .map(Number);
    expect(forked).toHaveLength(1);
    await server.stop();
    await vi.waitFor(() => {
      for (const child of forked) expect(isRunning(child)).toBe(false);
    }, PATIENCE);
    connection.close();
  });

  it('tells how a server ended that nobody stopped', async () => {
    const shutDown = await start();
    await ask(shutDown.address, 'SHUTDOWN NOSAVE').catch(() => undefined);
    await vi.waitFor(async () => {
      expect(await shutDown.end()).toEqual({ description: 'exit code 0', outOfMemory: false });
    }, PATIENCE);
    const killed = await start();
    process.kill(Number(/process_id:(\d+)/.exec(await ask(killed.address, 'INFO server'))?.[1]), 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await killed.end()).toEqual({ description: 'killed by SIGKILL', outOfMemory: false });
    }, PATIENCE);
  });

  it('keeps nothing on disk', async () => {
    const server = await start();
    await ask(server.address, 'SET a 1');
    expect(await ask(server.address, 'SAVE')).toBe('OK');
    expect(await ask(server.address, 'INFO persistence')).toContain('aof_enabled:0');
    const folder = dirname(server.address.socketPath ?? '');
    expect(await readdir(folder)).toContain('dump.rdb');
    await server.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('tries another port where the first was taken meanwhile, however late that is told', async () => {
    const { server: real } = await findLocalValkey(() => undefined);
    const root = await mkdtemp(join(tmpdir(), 'engine-test-'));
    const lines = [
      '#!/bin/sh',
      `if mkdir '${root}/tried' 2>/dev/null; then`,
      "  (sleep 0.3; echo 'bind: Address already in use') &",
      '  exit 1',
      'fi',
      `exec '${real}' "$@"`,
    ];
    await writeFile(join(root, 'valkey-server'), `${lines.join('\n')}\n`, { mode: 0o755 });
    vi.stubEnv('PATH', `${root}:${process.env.PATH}`);
    const server = await start();
    expect(existsSync(join(root, 'tried'))).toBe(true);
    expect(await ask(server.address, 'PING')).toBe('PONG');
    await server.stop();
    await removeFolder(root);
  });

  it('does without a unix socket where the path of the temporary folder is too long for one', async () => {
    const root = await mkdtemp(join(tmpdir(), 'engine-test-'));
    const long = join(
      root,
      'a-folder-with-a-very-long-name-as-some-systems-have-it-for-their-temporary-files',
    );
    await mkdir(long);
    vi.stubEnv('TMPDIR', long);
    const server = await start();
    expect(server.address.socketPath).toBeUndefined();
    expect(await ask(server.address, 'PING')).toBe('PONG');
    await server.stop();
    await removeFolder(root);
  });
});

describe('freePort', () => {
  it('gives a port that can be listened on', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    server.close();
    expect(port).toBeGreaterThan(1023);
  });
});
