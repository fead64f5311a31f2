import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from './errors.ts';
import { checkOutputFile, writeOutputFile } from './output-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-file-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const at = (name: string) => join(folder, name);
/** Nothing is read-only to root. */
const isRoot = process.getuid?.() === 0;

/** Paths at which no file can be written: what is made there, and what is said of it. */
const refused: [string, string, () => Promise<unknown> | undefined, RegExp][] = [
  ['a folder', 'x', () => mkdir(at('x')), /a folder stands there/],
  ['a link to a file', 'x', () => symlink('/etc/hostname', at('x')), /a link stands there/],
  ['a link that leads nowhere', 'x', () => symlink(at('nowhere'), at('x')), /a link stands there/],
  ['a missing folder', 'missing/x', () => undefined, /there is no folder .*missing$/],
  ['a file as the folder', 'file/x', () => writeFile(at('file'), ''), /there is no folder .*file$/],
  ['a name that ends with a slash', 'x/', () => undefined, /names no file/],
  ['a name that is too long', 'x'.repeat(300), () => undefined, /ENAMETOOLONG/],
];

describe.each([
  ['checkOutputFile', checkOutputFile],
  ['writeOutputFile', (path: string) => writeOutputFile(path, 'text')],
])('%s', (_, act) => {
  it.each(refused)('refuses %s', async (_what, name, make, message) => {
    await make();
    const before = await readdir(folder);
    const failure = await act(`${folder}/${name}`).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as UsageError).message).toMatch(message);
    expect(await readdir(folder)).toEqual(before);
  });

  it('refuses no name at all', async () => {
    await expect(act('')).rejects.toThrow(UsageError);
  });

  it.skipIf(process.platform === 'win32')('refuses a FIFO and a device', async () => {
    execFileSync('mkfifo', [at('fifo')]);
    await expect(act(at('fifo'))).rejects.toThrow(/a FIFO stands there/);
    await expect(act('/dev/null')).rejects.toThrow(/not a plain file stands there/);
  });

  it.skipIf(isRoot)('refuses what is read-only', async () => {
    await writeFile(at('x'), 'kept', { mode: 0o400 });
    await expect(act(at('x'))).rejects.toThrow(/it is read-only/);
    await chmod(folder, 0o500);
    await expect(act(at('y'))).rejects.toThrow(/its folder is read-only/);
  });
});

describe('checkOutputFile', () => {
  it('leaves everything as it is', async () => {
    await writeFile(at('there'), 'kept');
    await checkOutputFile(at('there'));
    await checkOutputFile(at('new'));
    expect(await readdir(folder)).toEqual(['there']);
    expect(await readFile(at('there'), 'utf8')).toBe('kept');
  });
});

describe('writeOutputFile', () => {
  it('writes a new file, and over an older one, and leaves nothing beside it', async () => {
    await writeOutputFile(at('x'), 'first');
    expect(await readFile(at('x'), 'utf8')).toBe('first');
    await writeOutputFile(at('x'), Buffer.from([0, 255]));
    expect(await readFile(at('x'))).toEqual(Buffer.from([0, 255]));
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('writes a file whose name is as long as a name can be', async () => {
    await writeOutputFile(at('x'.repeat(255)), 'text');
    expect(await readdir(folder)).toEqual(['x'.repeat(255)]);
  });

  it('writes into a folder that is a link', async () => {
    await mkdir(at('real'));
    await symlink(at('real'), at('linked'));
    await writeOutputFile(at('linked/x'), 'text');
    expect(await readFile(at('real/x'), 'utf8')).toBe('text');
  });

  it('is never seen half-written', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(2_000_000));
    await writeOutputFile(at('x'), texts[0] ?? '');
    const writing = Promise.all(texts.map((text) => writeOutputFile(at('x'), text)));
    for (let look = 0; look < 20; look += 1) expect(texts).toContain(await readFile(at('x'), 'utf8'));
    await writing;
    expect(await readdir(folder)).toEqual(['x']);
  });
});
