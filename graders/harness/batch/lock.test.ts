import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCleanups } from '../base/cleanup.ts';
import { InfrastructureError, UsageError } from '../base/errors.ts';
import { ownerToken } from '../base/owner.ts';
import { occupy } from '../testing/batch.ts';
import type { Answer, Order } from '../testing/lock-contender.ts';
import { layout } from './layout.ts';
import { lockBatch } from './lock.ts';

/** No process has it: Linux counts to 2^22. */
const NO_PID = 2 ** 22 + 1;
const DEAD = ownerToken().split('.').with(2, String(NO_PID)).join('.');

describe('lockBatch', () => {
  let out = '';
  beforeEach(async () => {
    out = await mkdtemp(join(tmpdir(), 'lock-'));
  });
  afterEach(async () => {
    await runCleanups();
    await rm(out, { recursive: true, force: true });
  });

  it('keeps a second one out until it is given back', async () => {
    const unlock = await lockBatch(out);
    await expect(lockBatch(out)).rejects.toThrow(`is in use: the process ${process.pid} works on it`);
    await expect(lockBatch(out)).rejects.toThrow(UsageError);
    await unlock();
    expect(await readdir(out)).toEqual([]);
    await (await lockBatch(out))();
  });

  it('lets two work on different parts, and nobody on the whole meanwhile', async () => {
    const unlock = await lockBatch(out, ['results']);
    await expect(lockBatch(out)).rejects.toThrow(UsageError);
    // What was kept of the whole before is given back.
    await (await lockBatch(out, ['manifest']))();
    await unlock();
    expect(await readdir(out)).toEqual([]);
  });

  it('is given back on every way out', async () => {
    await lockBatch(out);
    await runCleanups();
    expect(await readdir(out)).toEqual([]);
  });

  it.each([
    ['a dead process', DEAD],
    ['a process of another machine', ownerToken().split('.').with(0, 'elsewhere').join('.')],
    ['nobody: something else made a file in it', '.DS_Store'],
  ])('takes over what is kept by %s', async (_, owner) => {
    await occupy(out, owner);
    await lockBatch(out);
    expect(await readdir(layout(out).lock('results'))).toEqual([expect.stringContaining(ownerToken())]);
  });

  it('takes over what nobody keeps, and removes what killed processes have left beside it', async () => {
    const lock = layout(out).lock('results');
    await mkdir(lock);
    for (const owner of [DEAD, ownerToken()]) await mkdir(`${lock}.${owner}.abc`);
    await (await lockBatch(out))();
    expect(await readdir(out)).toEqual([`results-in-use.${ownerToken()}.abc`]);
  });

  it('removes what killed processes had not finished writing, and nothing else', async () => {
    const evidence = join(out, 'evidence');
    await mkdir(evidence);
    const [dead, ours] = [DEAD, ownerToken()].map((owner) => `.keyspace-grader.${owner}.abc`);
    for (const name of [dead, ours, 'x.json.gz']) await writeFile(join(evidence, String(name)), '');
    await (await lockBatch(out))();
    expect((await readdir(evidence)).sort()).toEqual([ours, 'x.json.gz']);
  });

  it('says so where the folder cannot be written', async () => {
    await expect(lockBatch(join(out, 'nowhere'))).rejects.toThrow(InfrastructureError);
  });
});

describe('lockBatch, with processes that contend for it', () => {
  const PROCESSES = 8;

  let shared = '';
  let out = '';
  let contenders: ChildProcess[] = [];
  beforeAll(async () => {
    shared = await mkdtemp(join(tmpdir(), 'lock-'));
    // Plain JavaScript is started in a tenth of the time.
    const program = join(shared, 'contender.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL('../testing/lock-contender.ts', import.meta.url))],
      outfile: program,
      ...{ bundle: true, platform: 'node', format: 'esm' },
    });
    out = join(shared, 'out');
    await mkdir(out);
    contenders = Array.from({ length: PROCESSES }, () =>
      spawn(process.execPath, [program, out], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );
    await Promise.all(contenders.map((contender) => once(contender, 'message')));
  });
  afterAll(async () => {
    await Promise.all(contenders.map(kill));
    await rm(shared, { recursive: true });
  });

  async function ask(contender: ChildProcess, order: Order): Promise<Answer> {
    const answer = once(contender, 'message');
    contender.send(order);
    return ((await answer) as [Answer])[0];
  }

  async function kill(contender: ChildProcess): Promise<void> {
    if (contender.exitCode !== null || contender.signalCode !== null) return;
    const ended = once(contender, 'exit');
    contender.kill('SIGKILL');
    await ended;
  }

  /** All that are there try at once. Gives the one that got it. */
  async function race(): Promise<ChildProcess | undefined> {
    const answers = await Promise.all(contenders.map((contender) => ask(contender, { do: 'take' })));
    expect([...answers].sort()).toEqual(['held', ...contenders.slice(1).map(() => 'refused')]);
    return contenders[answers.indexOf('held')];
  }

  it('exactly one gets a new, a free and a dead one’s lock', async () => {
    for (let round = 0; round < 20; round += 1) {
      const winner = await race();
      if (winner) expect(await ask(winner, { do: 'release' })).toBe('released');
      expect(await readdir(out)).toEqual([]);
      await occupy(out, DEAD, round % 2 === 0 ? 'results' : 'manifest');
    }
  });

  it('never two have it at a time, however they come and go', async () => {
    const answers = await Promise.all(
      contenders.map((contender) => ask(contender, { do: 'take turns', turns: 10 })),
    );
    const held = answers
      .flatMap((answer) => {
        if (typeof answer === 'string') throw new Error(answer);
        return answer.map(({ from, to }) => ({ from: BigInt(from), to: BigInt(to) }));
      })
      .sort((one, other) => (one.from < other.from ? -1 : 1));
    expect(held.length).toBe(PROCESSES * 10);
    for (const [index, { from }] of held.entries())
      if (index > 0) expect(from).toBeGreaterThanOrEqual(held[index - 1]?.to ?? 0n);
    expect(await readdir(out)).toEqual([]);
  });

  // Ends all of them.
  it('exactly one takes over the lock of a process that was killed while it had it', async () => {
    while (contenders.length > 0) {
      const winner = await race();
      contenders = contenders.filter((contender) => contender !== winner);
      if (winner) await kill(winner);
    }
    await (await lockBatch(out))();
    expect(await readdir(out)).toEqual([]);
  });
});
