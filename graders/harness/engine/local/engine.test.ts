import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../scratch-folder.ts';
import { connectOptions, type ServerAddress } from '../../valkey/address.ts';
import { CommandConnection } from '../../valkey/command-connection.ts';
import { splitArguments } from '../../valkey/quoting.ts';
import type { RunningServer } from '../engine.ts';
import { LocalEngine } from './engine.ts';
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

  it('tells how a server ended that nobody stopped', async () => {
    const shutDown = await start();
    await ask(shutDown.address, 'SHUTDOWN NOSAVE').catch(() => undefined);
    await vi.waitFor(async () => {
      expect(await shutDown.end()).toEqual({ description: 'exit code 0', outOfMemory: false });
    });
    const killed = await start();
    process.kill(Number(/process_id:(\d+)/.exec(await ask(killed.address, 'INFO server'))?.[1]), 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await killed.end()).toEqual({ description: 'killed by SIGKILL', outOfMemory: false });
    });
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
