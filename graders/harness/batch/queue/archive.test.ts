import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packScript, unpackArchive } from './archive.ts';

let root = '';
let target = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'archive-'));
  target = join(root, 'target');
  await mkdir(target);
});
afterEach(() => rm(root, { recursive: true }));

/** An archive of just these entries. */
async function archiveOf(entries: readonly (Partial<Header> & { name: string; content?: string })[]) {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

describe('an archive of a submission', () => {
  it('holds what the folder holds, but for what is not a submission', async () => {
    const folder = join(root, 'work');
    await mkdir(join(folder, 'lib', 'node_modules'), { recursive: true });
    await mkdir(join(folder, '.git'));
    await writeFile(join(folder, 'solution.sh'), '#!/bin/sh\n');
    await chmod(join(folder, 'solution.sh'), 0o755);
    await writeFile(join(folder, 'lib', 'größe.txt'), Buffer.from([0, 255, 10]));
    await symlink('lib/größe.txt', join(folder, 'link'));
    await symlink('../../etc/passwd', join(folder, 'up'));
    await symlink('/etc/passwd', join(folder, 'absolute'));
    const archive = await packScript({ path: join(folder, 'solution.sh') });
    await unpackArchive(archive, target);
    expect((await readdir(target)).sort()).toEqual(['lib', 'link', 'solution.sh']);
    expect(await readdir(join(target, 'lib'))).toEqual(['größe.txt']);
    expect(await readFile(join(target, 'link'))).toEqual(Buffer.from([0, 255, 10]));
    expect((await stat(join(target, 'solution.sh'))).mode & 0o777).toBe(0o755);
    expect(await packScript({ path: join(folder, 'solution.sh') })).toEqual(archive);
  });

  it.each([
    ['an absolute name', [{ name: '/tmp/here', content: 'x' }]],
    ['a name that goes up', [{ name: 'a/../../here', content: 'x' }]],
    ['a link that goes up', [{ name: 'here', type: 'symlink' as const, linkname: '../outside' }]],
    ['an absolute link', [{ name: 'here', type: 'symlink' as const, linkname: '/etc/passwd' }]],
    ['a link that goes down and up', [{ name: 'here', type: 'symlink' as const, linkname: 'a/../../x' }]],
    ['a hard link', [{ name: 'here', type: 'link' as const, linkname: '/etc/passwd' }]],
    ['a device', [{ name: 'here', type: 'character-device' as const, devmajor: 1, devminor: 3 }]],
    [
      'the same file twice',
      [
        { name: 'here', content: 'x' },
        { name: 'here', content: 'y' },
      ],
    ],
    [
      'a file through a link',
      [
        { name: 'l', type: 'symlink' as const, linkname: 'd' },
        { name: 'l/here', content: 'x' },
      ],
    ],
    ['too many entries', Array.from({ length: 6001 }, () => ({ name: 'd', type: 'directory' as const }))],
  ])('is refused with %s', async (_, entries) => {
    await expect(unpackArchive(await archiveOf(entries), target)).rejects.toThrow(
      /^The archive of the submission cannot be unpacked: /,
    );
    expect(await readdir(root)).toEqual(['target']);
    await expect(readlink(join(target, 'here'))).rejects.toThrow();
  });

  it('is refused where it is larger than any submission, before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024), { level: 1 });
    await expect(unpackArchive(bomb, target)).rejects.toThrow(/cannot be unpacked/);
    await expect(unpackArchive(Buffer.from('no archive'), target)).rejects.toThrow(/cannot be unpacked/);
    expect(await readdir(target)).toEqual([]);
  });
});
