import { mkdir, mkdtemp, readdir, readlink, realpath, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { SubmissionLimits } from '../submission/limits.ts';
import { copySubmission } from './copy-submission.ts';

let root: string;
let source: string;
let target: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'copy-test-')));
  source = join(root, 'source');
  target = join(root, 'target');
  await mkdir(source);
});

afterEach(() => removeFolder(root));

/** Folders in folders, down to a path of so many bytes below the source. */
async function makeDeep(bytes: number): Promise<void> {
  const steps = Math.floor((bytes - 1) / 50);
  const folder = Array.from({ length: steps }, () => 'd'.repeat(49)).join('/');
  await mkdir(join(source, folder), { recursive: true });
  await writeFile(join(source, folder, 'f'.repeat(bytes - folder.length - (steps > 0 ? 1 : 0))), 'x');
}

/** A refusal, which leaves nothing of the copy behind. */
async function refusal(): Promise<string> {
  const error = await copySubmission({ path: join(source, 'solution.sh') }, target).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  return (error as UsageError).message;
}

describe('copySubmission', () => {
  it('measures a folder by the sizes that its files have, and reads nothing of one that is too large', async () => {
    await writeFile(join(source, 'a.py'), 'print(1)');
    await writeFile(join(source, 'holes'), '');
    await truncate(join(source, 'holes'), 3 * 1024 ** 3);
    expect(await refusal()).toMatch(
      /^The script's folder is too large to be copied \(more than 64 MiB or 5000 files\): .*\nPut the script in a folder of its own\.$/,
    );
    expect(await readdir(root)).toEqual(['source']);
  });

  it('copies nothing of what lies beside a script that is apart', async () => {
    for (const name of ['han.py', 'leia.py']) await writeFile(join(source, name), name);
    await copySubmission({ path: join(source, 'han.py'), isApart: true }, target);
    expect(await readdir(target)).toEqual(['han.py']);
  });

  it('counts folders and links as well as files, and stops there', async () => {
    await mkdir(join(source, 'deep/er'), { recursive: true });
    for (let count = 0; count < SubmissionLimits.files / 2; count += 1) {
      await symlink('nowhere', join(source, 'deep/er', `l${count}`));
      await mkdir(join(source, `d${count}`));
    }
    expect(await refusal()).toMatch(/too large to be copied/);
  });

  it('copies paths that have a length, and refuses longer ones in one sentence', async () => {
    await makeDeep(SubmissionLimits.pathBytes);
    await copySubmission({ path: join(source, 'solution.sh') }, target);
    expect(
      (await readdir(target, { recursive: true })).some((path) => path.length === SubmissionLimits.pathBytes),
    ).toBe(true);
    await removeFolder(target);
    await makeDeep(SubmissionLimits.pathBytes + 1);
    expect(await refusal()).toMatch(
      /^The script's folder is too large to be copied \(a path of more than 512 bytes\)/,
    );
  });

  it('refuses a path that is readable where it lies, and too long for the copy', async () => {
    await makeDeep(200);
    target = join(root, ...Array.from({ length: 79 }, () => 't'.repeat(49)));
    await mkdir(target, { recursive: true });
    expect(await refusal()).toBe(
      "The script's folder cannot be copied: a path is too long\nPut the script in a folder of its own.",
    );
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
    await copySubmission({ path: join(source, 'solution.sh') }, target);
    for (const [name, to] of Object.entries(links)) expect(await readlink(join(target, name))).toBe(to);
    expect((await readdir(target)).length).toBe(5);
  });

  it('shows the path of a folder that is refused safely', async () => {
    source = join(source, 'dir\n::error::\u001b[31mred');
    await mkdir(source);
    await makeDeep(SubmissionLimits.pathBytes + 1);
    expect(await refusal()).toContain('dir\\n::error::\\x1b[31mred');
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that may not be read', async () => {
    await writeFile(join(source, 'a'), '', { mode: 0 });
    expect(await refusal()).toMatch(/cannot be copied: EACCES/);
  });
});
