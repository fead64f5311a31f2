import { chmod, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { removeFolder } from './scratch-folder.ts';
import { environmentAsGiven, keepToOwnPath, ownPath, scriptPath, which } from './which.ts';

let root: string;
const path = (...folders: string[]) => folders.map((name) => name && join(root, name)).join(delimiter);

async function program(file: string, mode = 0o755): Promise<void> {
  await writeFile(join(root, file), '#!/bin/sh\n');
  await chmod(join(root, file), mode);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'which-test-'));
  for (const name of ['a', 'b', 'c', 'node_modules/.bin']) await mkdir(join(root, name), { recursive: true });
  await program('node_modules/.bin/tool');
  await program('b/tool');
  await program('c/tool');
  await program('a/text', 0o644);
  await mkdir(join(root, 'a/folder'));
  await symlink(join(root, 'b/tool'), join(root, 'a/link'));
  await symlink(join(root, 'nowhere'), join(root, 'a/broken'));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(() => removeFolder(root));

describe('which', () => {
  it.each([
    ['tool', ['a', 'b', 'c'], 'b/tool'],
    ['tool', ['c', 'b'], 'c/tool'],
    ['tool', ['', 'no-such-folder', 'b'], 'b/tool'],
    ['tool', ['node_modules/.bin', 'b'], 'b/tool'],
    ['tool', ['node_modules/.bin/'], undefined],
    ['link', ['a'], 'a/link'],
    ['tool', ['a'], undefined],
    ['text', ['a'], undefined],
    ['folder', ['a'], undefined],
    ['broken', ['a'], undefined],
    ['tool', [''], undefined],
  ])('finds %s in %j', (name, folders, expected) => {
    expect(which(name, path(...folders))).toBe(expected && join(root, expected));
  });

  it('takes a path for itself', () => {
    expect(which(join(root, 'b/tool'), '')).toBe(join(root, 'b/tool'));
    expect(which(join(root, 'a/text'), path('b'))).toBeUndefined();
  });

  it('leaves out what depends on where somebody stands', () => {
    const folder = relative(process.cwd(), join(root, 'b'));
    expect(which('tool', folder)).toBeUndefined();
    expect(ownPath(['.', '', folder, path('c', 'node_modules/.bin')].join(delimiter))).toBe(path('c'));
  });

  it('looks at the PATH of this process', () => {
    expect(which('sh')).toMatch(/\/sh$/);
  });
});

describe('the current folder', () => {
  /** Stands in a folder, with a PATH that leads into it, to another one, and into it by a link. */
  function standIn(folder: string): void {
    vi.spyOn(process, 'cwd').mockReturnValue(folder);
    vi.stubEnv('PATH', path('a', 'b', 'link-to-a'));
  }

  it('has no program that the grader runs, by whatever way the PATH leads there', async () => {
    await symlink(join(root, 'a'), join(root, 'link-to-a'));
    standIn(join(root, 'a'));
    expect(ownPath()).toBe(path('b'));
    expect(which('link')).toBeUndefined();
  });

  it('may have programs of the learner, such as an active virtual environment', () => {
    standIn(join(root, 'a'));
    expect(scriptPath()).toBe(path('a', 'b', 'link-to-a'));
    const giveBack = keepToOwnPath();
    expect(process.env.PATH).toBe(path('b'));
    expect(scriptPath()).toBe(path('a', 'b', 'link-to-a'));
    expect(environmentAsGiven().PATH).toBe(path('a', 'b', 'link-to-a'));
    giveBack();
    expect(process.env.PATH).toBe(path('a', 'b', 'link-to-a'));
  });

  it.each([
    ['the root of all', () => '/'],
    ['the home', () => root],
  ])('counts as any other where it is %s', (_, folder) => {
    standIn(folder());
    vi.stubEnv('HOME', root);
    expect(ownPath()).toBe(path('a', 'b', 'link-to-a'));
  });
});
