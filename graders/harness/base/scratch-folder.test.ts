import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCleanups } from './cleanup.ts';
import { ownerToken } from './owner.ts';
import { makeScratchFolder, removeFolder, staleScratchFolders } from './scratch-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('makeScratchFolder', () => {
  it('makes a folder of its own each time, named for its owner, and removes it', async () => {
    const [first, second] = [await makeScratchFolder(), await makeScratchFolder()];
    expect(first.path).not.toBe(second.path);
    expect(basename(first.path)).toMatch(/^keyspace-grader\./);
    expect(basename(first.path)).toContain(ownerToken());
    await writeFile(join(first.path, 'file'), '');
    await first.remove();
    await first.remove();
    expect([first, second].map(({ path }) => existsSync(path))).toEqual([false, true]);
    await second.remove();
  });

  it('is removed on every way out', async () => {
    const { path } = await makeScratchFolder();
    expect(await runCleanups()).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it('has a path without links', async () => {
    const real = await realpath(await mkdtemp(join(tmpdir(), 'scratch-test-')));
    await symlink(real, `${real}-link`);
    vi.stubEnv('TMPDIR', `${real}-link`);
    const { path } = await makeScratchFolder();
    expect(path.startsWith(`${real}/`)).toBe(true);
    await removeFolder(`${real}-link`);
    await removeFolder(real);
  });
});

describe('staleScratchFolders', () => {
  it('finds what dead runs left, and leaves alone what others use or made', async () => {
    const temporary = await mkdtemp(join(tmpdir(), 'scratch-test-'));
    vi.stubEnv('TMPDIR', temporary);
    const [host, namespace] = ownerToken().split('.');
    const dead = `keyspace-grader.${host}.${namespace}.4194305.1.aaaaaa`;
    const elsewhere = `keyspace-grader.other-host.${namespace}.4194305.1.aaaaaa`;
    for (const name of [dead, elsewhere, 'keyspace-grader.notes', 'other'])
      await mkdir(join(temporary, name));
    const own = await makeScratchFolder();
    expect(await staleScratchFolders()).toEqual([join(temporary, dead)]);
    await own.remove();
    await removeFolder(temporary);
  });
});

describe('removeFolder', () => {
  it('removes what a script took all rights from, and follows no link out of the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scratch-test-'));
    const outside = await mkdtemp(join(tmpdir(), 'scratch-test-'));
    await writeFile(join(outside, 'kept'), '');
    const deep = join(folder, 'a', 'b');
    await mkdir(deep, { recursive: true });
    await writeFile(join(deep, 'file'), '');
    await symlink(outside, join(deep, 'link'));
    for (const path of [join(deep, 'file'), deep, join(folder, 'a'), folder]) await chmod(path, 0);
    await removeFolder(folder);
    expect(existsSync(folder)).toBe(false);
    expect(await readdir(outside)).toEqual(['kept']);
    await removeFolder(outside);
  });

  it('removes folders that lie deeper than a path can name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'scratch-test-'));
    const name = 'd'.repeat(200);
    let top = join(folder, '0');
    await mkdir(top);
    // From the bottom up: what is put into a folder of its own lies one deeper each time.
    for (let depth = 1; depth <= 40; depth += 1) {
      const above = join(folder, String(depth));
      await mkdir(above);
      await rename(top, join(above, name));
      top = above;
    }
    await removeFolder(folder);
    expect(existsSync(folder)).toBe(false);
  });

  it('has nothing to do where there is no such folder', async () => {
    await expect(removeFolder('/no/such/folder')).resolves.toBeUndefined();
  });
});
