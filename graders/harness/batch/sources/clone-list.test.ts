import { describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { useTestFolder } from '../../testing/repository.ts';
import { readCloneList } from './clone-list.ts';

const folder = useTestFolder();

async function read(name: string, text: string) {
  const list = await readCloneList(await folder.write(name, text));
  return list.map(({ name, isExact, url, at }) => [name, isExact, url, at]);
}

describe('readCloneList', () => {
  it('reads a URL a line, with an id, comments and empty lines', async () => {
    const text =
      '# the class\r\n\r\nhttps://example.org/class/sessions-leia.git\r\ngit@example.org:class/sessions-han.git  han # late\nssh://git@example.org:2222/c/x/\nfile:///srv/git/y#z';
    expect(await read('list.txt', text)).toEqual([
      ['sessions-leia', false, 'https://example.org/class/sessions-leia.git', undefined],
      ['han', true, 'git@example.org:class/sessions-han.git', undefined],
      ['x', false, 'ssh://git@example.org:2222/c/x/', undefined],
      ['y', false, 'file:///srv/git/y#z', undefined],
    ]);
  });

  it('reads a CSV, and the grades of GitHub Classroom', async () => {
    expect(
      await read('list.csv', 'ID;URL;at\nleia;https://example.org/a/b;v1\n;https://example.org/a/c;\n'),
    ).toEqual([
      ['leia', true, 'https://example.org/a/b', 'v1'],
      ['c', false, 'https://example.org/a/c', undefined],
    ]);
    const grades =
      'assignment_name,github_username,student_repository_url\nS,leia,https://github.com/c/s-leia\n';
    expect(await read('grades.csv', grades)).toEqual([
      ['leia', true, 'https://github.com/c/s-leia', undefined],
    ]);
  });

  it('takes the owner where all repositories are forks', async () => {
    const text = 'https://example.org/leia/valkey.git\ngit@example.org:han/Valkey\n';
    expect((await read('list.txt', text)).map(([name]) => name)).toEqual(['leia', 'han']);
  });

  it.each([
    '--upload-pack=touch',
    'ext::sh -c id',
    'ext::sh',
    'http://example.org/a',
    'git://example.org/a',
    '/srv/git/a',
    '../a',
    'https://-oProxyCommand=id/a',
    'ssh://-oProxyCommand=id/a',
    'git@-oProxyCommand=id:a',
    'git@example.org:-a',
    'git@example.org::a',
    'file://host/a',
    'https://example.org',
  ])('refuses %s', async (url) => {
    const error = await read('list.txt', `https://example.org/a/b\n${url}\n`).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toMatch(/list\.txt:2: /);
  });

  it('refuses what is no list, with file and line', async () => {
    await expect(read('list.txt', '# nothing\n')).rejects.toThrow(/names no repositories/);
    await expect(read('list.txt', 'https://example.org/a b c\n')).rejects.toThrow(
      /list\.txt:1: a line is a URL/,
    );
    await expect(read('list.csv', 'id,link\na,b\n')).rejects.toThrow(/list\.csv:1: there is no column url/);
    await expect(read('list.csv', 'id,url\na,\n')).rejects.toThrow(/list\.csv:2: the row has no URL/);
    await expect(read('list.csv', 'url,at\nhttps://example.org/a,--all\n')).rejects.toThrow(
      /:2: --all is no commit/,
    );
  });

  it('tells no password', async () => {
    const error = await read('list.txt', 'http://leia:secret@example.org/a\n').catch(
      (thrown: unknown) => thrown,
    );
    expect(String(error)).not.toContain('secret');
  });
});
