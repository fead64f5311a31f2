import { mkdir, mkdtemp, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { SubmissionLimits } from './limits.ts';
import { readCommandFile, readScript } from './read-script.ts';

let folder: string;

async function file(name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, '#');
  await truncate(path, bytes);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-script-test-'));
});

afterAll(() => removeFolder(folder));

describe('readCommandFile', () => {
  it('reads one of the largest size', async () => {
    const path = await file('a.valkey', SubmissionLimits.commandFileBytes);
    expect(await readCommandFile(path)).toHaveLength(SubmissionLimits.commandFileBytes);
  });

  it.each([SubmissionLimits.commandFileBytes + 1, 3 * 1024 ** 3])(
    'refuses one of %d bytes',
    async (bytes) => {
      const attempt = readCommandFile(await file('b\n\u001b[31m.valkey', bytes));
      await expect(attempt).rejects.toThrow(UsageError);
      await expect(attempt).rejects.toThrow(
        'b\\n\\x1b[31m.valkey has more than 1 MiB, which is the most that a command file may have.',
      );
    },
  );
});

describe('the text of a command file', () => {
  it.each([
    ['UTF-8', Buffer.from('GET é')],
    ['UTF-8 with a mark', Buffer.from('\ufeffGET é')],
    ['UTF-16', Buffer.from('\ufeffGET é', 'utf16le')],
    ['UTF-16, the other way round', Buffer.from('\ufeffGET é', 'utf16le').swap16()],
  ])('is read as %s', async (name, bytes) => {
    const path = join(folder, `${name}.valkey`);
    await writeFile(path, bytes);
    expect(await readCommandFile(path)).toBe('GET é');
  });
});

describe('readScript', () => {
  it('reads nothing of what is larger than it is to be', async () => {
    const path = await file('c.py', 3 * 1024 ** 3);
    expect(await readScript(path, 100)).toBeNull();
    expect((await readScript(await file('d.py', 100), 100))?.length).toBe(100);
  });

  it('calls what is no file, or leads to itself, the submission’s fault', async () => {
    await mkdir(join(folder, 'folder.py'));
    await symlink('loop.py', join(folder, 'loop.py'));
    for (const name of ['folder.py', 'loop.py', 'gone.py'])
      await expect(readScript(join(folder, name), 100_000)).rejects.toThrow(UsageError);
  });
});
