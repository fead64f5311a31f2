import { execFileSync } from 'node:child_process';
import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { SubmissionLimits } from '../submission/limits.ts';
import { copySubmission } from './copy-submission.ts';

const FILES = 50;
/** Less than a submission may have: a test that writes thousands of files takes seconds. */
const LIMITS = { ...SubmissionLimits, files: FILES };

let root: string;
let source: string;
let target: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'copy-test-')));
  source = join(root, 'source');
  target = join(root, 'target');
  await mkdir(source);
  await writeFile(join(source, 'solution.sh'), 'echo hi');
});

afterEach(() => removeFolder(root));

/** Folders in folders, down to a path of so many bytes below the source. */
async function makeDeep(bytes: number): Promise<void> {
  const steps = Math.floor((bytes - 1) / 50);
  const folder = Array.from({ length: steps }, () => 'd'.repeat(49)).join('/');
  await mkdir(join(source, folder), { recursive: true });
  await writeFile(join(source, folder, 'f'.repeat(bytes - folder.length - (steps > 0 ? 1 : 0))), 'x');
}

/** Copies the script with its folder. */
async function copy() {
  return copySubmission({ path: join(source, 'solution.sh') }, target, LIMITS);
}

/** So many files in a folder of the source. */
async function fill(folder: string, count: number): Promise<void> {
  await mkdir(join(source, folder), { recursive: true });
  for (let index = 0; index < count; index += 1) await writeFile(join(source, folder, `f${index}`), '');
}

describe('copySubmission', () => {
  it('takes all of a folder for which there is room', async () => {
    await mkdir(join(source, '.venv/bin'), { recursive: true });
    await writeFile(join(source, '.venv/pyvenv.cfg'), '');
    await mkdir(join(source, 'lib/__pycache__'), { recursive: true });
    await writeFile(join(source, 'lib/data'), 'x');
    expect(await copy()).toEqual({ leftBehind: undefined, environments: [] });
    expect((await readdir(target, { recursive: true })).sort()).toEqual(
      (await readdir(source, { recursive: true })).sort(),
    );
  });

  it('leaves what is too large behind, by the size that it has, and reads nothing of it', async () => {
    await writeFile(join(source, 'a-holes'), '');
    await truncate(join(source, 'a-holes'), 3 * 1024 ** 3);
    await writeFile(join(source, 'words.txt'), 'x');
    expect((await copy()).leftBehind).toEqual({
      first: [{ path: 'a-holes', why: 'too large' }],
      total: 1,
    });
    expect((await readdir(target)).sort()).toEqual(['solution.sh', 'words.txt']);
  });

  it('takes the nearest first where there is no room for all', async () => {
    await fill('a/b', FILES + 5);
    await fill('z', 3);
    await writeFile(join(source, 'words.txt'), 'x');
    const { leftBehind } = await copy();
    // The script, words.txt, a, a/b, z and what is in it.
    const room = FILES - 8;
    expect(leftBehind).toMatchObject({ total: FILES + 5 - room });
    expect(leftBehind?.first).toHaveLength(10);
    expect((await readdir(target)).sort()).toEqual(['a', 'solution.sh', 'words.txt', 'z']);
    expect(await readdir(join(target, 'z'))).toHaveLength(3);
    expect(await readdir(join(target, 'a/b'))).toHaveLength(room);
  });

  it.each(['.venv', 'env', '.cache', 'lib/__pycache__'])(
    'lets %s, which nobody wrote, take no room from the work',
    async (tools) => {
      await fill(tools, FILES);
      if (tools === 'env') await writeFile(join(source, tools, 'pyvenv.cfg'), '');
      await fill('zebra', 20);
      expect(await copy()).toEqual({
        leftBehind: { first: [{ path: tools, why: 'too large' }], total: 1 },
        environments: tools === 'env' ? ['env'] : [],
      });
      expect(await readdir(join(target, 'zebra'))).toHaveLength(20);
    },
  );

  it('takes the script whatever lies beside it', async () => {
    for (let index = 0; index < FILES + 1; index += 1) await writeFile(join(source, `a${index}`), '');
    expect((await copy()).leftBehind?.total).toBe(2);
    expect(await readFile(join(target, 'solution.sh'), 'utf8')).toBe('echo hi');
  });

  it('takes what the script is a link to, room or not', async () => {
    await fill('a', FILES);
    await mkdir(join(source, 'z'));
    await copyFile(join(source, 'solution.sh'), join(source, 'z/real.sh'));
    await rm(join(source, 'solution.sh'));
    await symlink('z/real.sh', join(source, 'solution.sh'));
    await copy();
    expect(await readFile(join(target, 'solution.sh'), 'utf8')).toBe('echo hi');
  });

  it('refuses a script that is too large itself, or gone', async () => {
    await truncate(join(source, 'solution.sh'), SubmissionLimits.folderBytes + 1);
    await expect(copy()).rejects.toThrow(
      new UsageError('solution.sh has more than 64 MiB, which is the most that a script may have.'),
    );
    await rm(join(source, 'solution.sh'));
    await expect(copy()).rejects.toThrow(UsageError);
    expect(await readdir(root)).toEqual(['source']);
  });

  it('leaves a name that is not UTF-8 behind, file or folder', async () => {
    for (const name of ['L\\366sung.pdf', 'd\\366/x'])
      execFileSync('sh', ['-c', `p=$(printf '${name}'); mkdir -p "$(dirname "$p")"; touch "$p"`], {
        cwd: source,
      });
    await writeFile(join(source, 'größe.txt'), 'x');
    expect((await copy()).leftBehind).toEqual({
      first: [
        { path: 'L\ufffdsung.pdf', why: 'name' },
        { path: 'd\ufffd', why: 'name' },
      ],
      total: 2,
    });
    expect((await readdir(target)).sort()).toEqual(['größe.txt', 'solution.sh']);
  });

  it('copies nothing of what lies beside a script that is apart', async () => {
    for (const name of ['han.py', 'leia.py']) await writeFile(join(source, name), name);
    const copied = await copySubmission({ path: join(source, 'han.py'), isApart: true }, target);
    expect(copied).toEqual({ leftBehind: undefined, environments: [] });
    expect(await readdir(target)).toEqual(['han.py']);
  });

  it('copies paths that have a length, and leaves longer ones behind', async () => {
    await makeDeep(SubmissionLimits.pathBytes);
    await copy();
    expect(
      (await readdir(target, { recursive: true })).some((path) => path.length === SubmissionLimits.pathBytes),
    ).toBe(true);
    await removeFolder(target);
    await makeDeep(SubmissionLimits.pathBytes + 1);
    expect((await copy()).leftBehind).toMatchObject({ first: [{ why: 'path' }], total: 1 });
  });

  it('leaves a path behind that is readable where it lies, and too long for the copy', async () => {
    await makeDeep(200);
    target = join(root, ...Array.from({ length: 79 }, () => 't'.repeat(49)));
    await mkdir(target, { recursive: true });
    const { leftBehind } = await copy();
    expect(leftBehind?.first.every(({ why }) => why === 'unreadable')).toBe(true);
    expect(await readFile(join(target, 'solution.sh'), 'utf8')).toBe('echo hi');
  });

  it('copies links as they are written, wherever they lead, and follows none', async () => {
    await writeFile(join(root, 'secret'), 'secret');
    const links = {
      up: '../secret',
      absolute: join(root, 'secret'),
      self: 'self',
      gone: 'gone/away',
      out: '..',
    };
    for (const [name, to] of Object.entries(links)) await symlink(to, join(source, name));
    await copy();
    for (const [name, to] of Object.entries(links)) expect(await readlink(join(target, name))).toBe(to);
    expect((await readdir(target)).length).toBe(6);
  });

  it.skipIf(process.getuid?.() === 0)('leaves behind what may not be read', async () => {
    await writeFile(join(source, 'a'), '', { mode: 0 });
    await mkdir(join(source, 'b'), { mode: 0 });
    expect((await copy()).leftBehind?.first).toEqual([
      { path: 'b', why: 'unreadable' },
      { path: 'a', why: 'unreadable' },
    ]);
  });
});
