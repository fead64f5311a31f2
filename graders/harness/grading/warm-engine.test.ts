import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCleanups } from '../base/cleanup.ts';
import { InfrastructureError } from '../base/errors.ts';
import { inParallel } from '../base/in-parallel.ts';
import type { Engine, RunningServer } from '../recording/engine/engine.ts';
import { LocalEngine } from '../recording/engine/local/engine.ts';
import { PATIENCE } from '../testing/time-enough.ts';
import { connectOptions } from '../valkey/client/address.ts';
import { CommandConnection } from '../valkey/client/command-connection.ts';
import { splitArguments } from '../valkey/notation/quoting.ts';
import { WarmEngine } from './warm-engine.ts';

/** A real engine that counts, and does not start where it is told so. */
class WatchedEngine implements Engine {
  readonly kind = 'local';
  readonly image = null;
  readonly servers: RunningServer[] = [];
  starts = 0;
  readonly #engine: Engine;
  readonly #fails: (start: number) => boolean;

  constructor(engine: Engine, fails: (start: number) => boolean = () => false) {
    this.#engine = engine;
    this.#fails = fails;
  }

  async start(): Promise<RunningServer> {
    this.starts += 1;
    if (this.#fails(this.starts)) throw new InfrastructureError(`start ${this.starts} failed`);
    const server = await this.#engine.start();
    this.servers.push(server);
    return server;
  }
}

let local: LocalEngine;
let temporary = '';

beforeEach(async () => {
  local = await LocalEngine.prepare(() => undefined);
  temporary = await mkdtemp(join(tmpdir(), 't-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  await runCleanups();
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true });
});

/** The keys of a server and which it is; leaves a key of its own. */
async function use(server: RunningServer): Promise<{ keys: unknown; id: string | undefined }> {
  const connection = await CommandConnection.open(connectOptions(server.address));
  const ask = (command: string) => connection.send(splitArguments(command));
  const size = await ask('DBSIZE');
  const info = await ask('INFO server');
  await ask('SET used 1');
  connection.close();
  return {
    keys: 'value' in size ? Number(size.value) : size,
    id: 'value' in info ? /run_id:(\w+)/.exec(String(info.value))?.[1] : undefined,
  };
}

const ended = async (servers: readonly RunningServer[]) =>
  Promise.all(servers.map(async (server) => (await server.end()) !== null));

describe('WarmEngine', () => {
  it('gives out no server twice, and leaves none', async () => {
    const engine = new WatchedEngine(local);
    const warm = new WarmEngine(engine, 2);
    const used = await inParallel([...Array(12).keys()], 3, async () => {
      const server = await warm.start();
      const found = await use(server);
      await server.stop();
      return found;
    });
    expect(used.map(({ keys }) => keys)).toEqual(used.map(() => 0));
    expect(new Set(used.map(({ id }) => id)).size).toBe(12);
    await warm.close();
    expect(engine.servers.length).toBeGreaterThan(12);
    expect(await ended(engine.servers)).toEqual(engine.servers.map(() => true));
    expect(await readdir(temporary)).toEqual([]);
  });

  it('starts the next ones ahead, so many and no more, once a first one was asked for', async () => {
    const engine = new WatchedEngine(local);
    const warm = new WarmEngine(engine, 2);
    await sleep(50);
    expect(engine.starts).toBe(0);
    await warm.start();
    await vi.waitFor(() => expect(engine.servers.length).toBe(3), PATIENCE);
    await sleep(50);
    expect(engine.starts).toBe(3);
    await Promise.all([warm.start(), warm.start()]);
    expect(engine.starts).toBe(5);
  });

  it('removes those that are still starting when it is closed, and starts none after', async () => {
    const engine = new WatchedEngine(local);
    const warm = new WarmEngine(engine, 3);
    const first = await warm.start();
    await warm.close();
    await first.stop();
    expect(engine.servers.length).toBe(4);
    expect(await ended(engine.servers)).toEqual([true, true, true, true]);
    expect(await readdir(temporary)).toEqual([]);
    await (await warm.start()).stop();
    expect(engine.starts).toBe(5);
  });

  it('is closed on every way out', async () => {
    const engine = new WatchedEngine(local);
    await new WarmEngine(engine, 2).start();
    await runCleanups();
    expect(await ended(engine.servers)).toEqual(engine.servers.map(() => true));
    expect(await readdir(temporary)).toEqual([]);
  });

  it('asks anew for one that could not be started ahead of time', async () => {
    const engine = new WatchedEngine(local, (start) => start === 2 || start === 3);
    const warm = new WarmEngine(engine, 2);
    const servers = [await warm.start(), await warm.start(), await warm.start()];
    expect((await Promise.all(servers.map(use))).map(({ keys }) => keys)).toEqual([0, 0, 0]);
  });

  it('tells what keeps servers from starting, each time that one is asked for', async () => {
    const warm = new WarmEngine(new WatchedEngine(local, () => true), 2);
    await expect(warm.start()).rejects.toThrow(InfrastructureError);
    await expect(warm.start()).rejects.toThrow(/start \d failed/);
    await warm.close();
  });
});
