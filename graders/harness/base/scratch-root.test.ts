import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mountSmallDisk, obstacleToMounting, unmountSmallDisk } from '../testing/small-disk.ts';
import { makeScratchFolder, removeFolder } from './scratch-folder.ts';
import { rootsForPrograms, SOCKET_PATH_LIMIT, scratchRoot } from './scratch-root.ts';

const obstacle = await obstacleToMounting();
let root = '';
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'root-test-')));
  vi.stubEnv('XDG_CACHE_HOME', join(root, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await removeFolder(root);
});

/** A folder that TMPDIR names. */
async function temporary(name: string): Promise<string> {
  const path = join(root, name);
  await mkdir(path, { recursive: true });
  vi.stubEnv('TMPDIR', path);
  return path;
}

describe('the folder in which programs run', () => {
  it.each(['a b', `it's "quoted"`, '$HOME `x` %s', 'Größe', 'two\nlines', '-rf'])(
    "is the system's, whatever its name: %j",
    async (name) => {
      const path = await temporary(name);
      expect(scratchRoot('programs')).toBe(path);
      expect(await readdir(path)).toEqual([]);
    },
  );

  it('is another one if its name would be two folders of a PATH', async () => {
    const path = await temporary('a:b');
    expect(scratchRoot('programs')).toBe('/tmp');
    expect(rootsForPrograms()).toEqual([
      { path, problem: 'its name holds a ":", which separates folders in PATH' },
      { path: '/tmp', problem: null },
    ]);
    expect(scratchRoot('files')).toBe(path);
  });

  it.skipIf(obstacle !== null)('is another one if the system runs no program there', async () => {
    const path = await temporary('noexec');
    await mountSmallDisk(path, 'noexec');
    try {
      expect(rootsForPrograms()[0]).toEqual({ path, problem: 'no program can be run in it (noexec)' });
      const { path: made, remove } = await makeScratchFolder(undefined, 'programs');
      expect(relative('/tmp', made)).not.toMatch(/^\.\./);
      await remove();
    } finally {
      unmountSmallDisk(path);
    }
  });
});

describe('the folder for sockets', () => {
  it("is the system's, or another one where its path is too long for them", async () => {
    const path = await temporary('d'.repeat(SOCKET_PATH_LIMIT));
    expect(scratchRoot('sockets')).toBe('/tmp');
    expect(scratchRoot('files')).toBe(path);
    vi.stubEnv('TMPDIR', '/t');
    expect(scratchRoot('sockets')).toBe('/t');
  });
});

describe('a folder for temporary files that is of no use', () => {
  it.each([
    ['is not there', 'none', /^No temporary files can be made in .*none: ENOENT.*\nSet TMPDIR to a folder/],
    ['is a file', 'file', /^No temporary files can be made in .*file: ENOTDIR/],
  ])('is told by its name: it %s', async (_, name, message) => {
    await writeFile(join(root, 'file'), '');
    vi.stubEnv('TMPDIR', join(root, name));
    await expect(makeScratchFolder()).rejects.toThrow(message);
  });

  it.skipIf(process.getuid?.() === 0)('is told by its name: it may not be written', async () => {
    const path = await temporary('locked');
    await chmod(path, 0o500);
    await expect(makeScratchFolder()).rejects.toThrow(/^No temporary files can be made in .*locked: EACCES/);
    expect(existsSync(path)).toBe(true);
  });
});
