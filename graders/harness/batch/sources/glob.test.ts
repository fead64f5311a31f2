import { mkdir, symlink } from 'node:fs/promises';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { useTestFolder } from '../../testing/repository.ts';
import { findByGlob } from './glob.ts';

const folder = useTestFolder();

async function find(glob: string, ...files: string[]) {
  for (const file of files) await folder.write(file, '');
  const matches = await findByGlob(folder.at(glob));
  return Object.fromEntries(matches.map(({ id, path }) => [relative(folder.path, path), id]));
}

describe('findByGlob', () => {
  it('takes as much as can be for {id}, so that usernames may have hyphens', async () => {
    expect(
      await find(
        'repos/valkey-*-{id}',
        'repos/valkey-sessions-leia-o/a',
        'repos/valkey-sessions-han/a',
        'repos/other/a',
        'repos/valkey-x-file',
      ),
    ).toEqual({ 'repos/valkey-sessions-han': 'han', 'repos/valkey-sessions-leia-o': 'leia-o' });
  });

  it('has the submitter in any folder of the path', async () => {
    expect(await find('{id}/work/v?', 'leia/work/v1/a', 'han/other/v1/a')).toEqual({
      'leia/work/v1': 'leia',
    });
  });

  it('goes down any depth with **', async () => {
    expect(
      await find('**/valkey-{id}', 'valkey-a/x', 'one/valkey-b/x', 'one/two/valkey-c/x', '.git/valkey-d/x'),
    ).toEqual({
      'valkey-a': 'a',
      'one/valkey-b': 'b',
      'one/two/valkey-c': 'c',
    });
  });

  it('finds files where it ends with an extension, and means dots and brackets as they stand', async () => {
    expect(await find('a.b (c)/{id}.py', 'a.b (c)/leia.py', 'a.b (c)/leiaxpy', 'axb (c)/han.py')).toEqual({
      'a.b (c)/leia.py': 'leia',
    });
  });

  it('leaves out hidden names and links', async () => {
    await mkdir(folder.at('elsewhere'));
    await symlink(folder.at('elsewhere'), folder.at('w-link'));
    expect(await find('{id}', '.hidden/a', 'leia/a')).toEqual({ elsewhere: 'elsewhere', leia: 'leia' });
    expect(await find('w-{id}')).toEqual({});
    expect(await find('none/{id}')).toEqual({});
  });

  it.each(['repos/*', '{id}/{id}', 'repos/{name}', '{a,b}/{id}'])('refuses %s', async (glob) => {
    await expect(find(glob)).rejects.toThrow(UsageError);
  });
});
