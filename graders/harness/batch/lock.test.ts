import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCleanups } from '../cleanup.ts';
import { InfrastructureError, UsageError } from '../errors.ts';
import { ownerToken } from '../owner.ts';
import { layout } from './layout.ts';
import { lockBatch } from './lock.ts';

/** No process has it: Linux counts to 2^22. */
const NO_PID = 2 ** 22 + 1;

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(async () => {
  await runCleanups();
  await rm(out, { recursive: true, force: true });
});

describe('lockBatch', () => {
  it('keeps a second one out until it is given back', async () => {
    const unlock = await lockBatch(out);
    await expect(lockBatch(out)).rejects.toThrow(`is in use: the process ${process.pid} works on it`);
    await expect(lockBatch(out)).rejects.toThrow(UsageError);
    await unlock();
    expect(await readdir(out)).toEqual([]);
    await (await lockBatch(out))();
  });

  it('is given back on every way out', async () => {
    await lockBatch(out);
    await runCleanups();
    expect(await readdir(out)).toEqual([]);
  });

  it.each([
    ['a dead process', () => ownerToken().split('.').with(2, String(NO_PID)).join('.')],
    ['a process of another machine', () => ownerToken().split('.').with(0, 'elsewhere').join('.')],
    ['nobody: it was cut', () => ''],
  ])('takes over what is kept by %s', async (_, owner) => {
    await writeFile(layout(out).lock, owner());
    await lockBatch(out);
    expect(await readFile(layout(out).lock, 'utf8')).toBe(ownerToken());
  });

  it('says so where the folder cannot be written', async () => {
    await expect(lockBatch(join(out, 'nowhere'))).rejects.toThrow(InfrastructureError);
  });
});
