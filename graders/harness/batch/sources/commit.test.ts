import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, cp, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useTestFolder } from '../../testing/repository.ts';
import { readCommits } from './commit.ts';

const folder = useTestFolder();
const DEADLINE = new Date('2026-06-01T23:59:00+02:00');

describe('readCommits', () => {
  it('reads what folders are at, and by how much that is late', async () => {
    const [early, late] = [await folder.repository('early'), await folder.repository('late')];
    const first = await early.commit({ 'solution.sh': 'one' }, '2026-06-01T21:59:00Z');
    const second = await late.commit({ 'solution.sh': 'two' }, '2026-06-02T01:01:30+02:00');
    const paths = [early.path, folder.path, late.path];
    expect(await readCommits(paths, DEADLINE)).toEqual([
      { sha: first, date: '2026-06-01T21:59:00.000Z', late: 0 },
      null,
      { sha: second, date: '2026-06-01T23:01:30.000Z', late: 3750 },
    ]);
    expect((await readCommits(paths, undefined))[2]).toMatchObject({ late: null });
  });

  it('reads a detached, a packed and an unborn HEAD', async () => {
    const one = await folder.repository('one');
    const sha = await one.commit({ a: 'a' }, '2026-06-01T12:00:00Z');
    await cp(one.path, folder.at('detached'), { recursive: true });
    execFileSync('git', ['-C', folder.at('detached'), 'checkout', '--quiet', '--detach']);
    one.git('pack-refs', '--all');
    one.git('gc', '--quiet');
    expect(existsSync(folder.at('one', '.git', 'refs', 'heads', 'main'))).toBe(false);
    const none = await folder.repository('none');
    const read = await readCommits([one.path, folder.at('detached'), none.path], undefined);
    expect(read.map((commit) => commit?.sha)).toEqual([sha, sha, undefined]);
    expect(read.map((commit) => commit?.changed)).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a file that was changed', 'solution.sh', true],
    ['a file that was added', 'other.sh', true],
    ['a file that is ignored', 'x.log', undefined],
  ])('tells of %s', async (_, name, changed) => {
    const repository = await folder.repository('one');
    await repository.commit({ 'solution.sh': 'one', '.gitignore': '*.log' }, '2026-06-01T12:00:00Z');
    await folder.write(join('one', name), 'other');
    expect((await readCommits([repository.path], undefined))[0]?.changed).toBe(changed);
  });

  it('runs nothing that a repository names', async () => {
    const repository = await folder.repository('hostile');
    const sha = await repository.commit(
      { 'solution.sh': 'one', '.gitattributes': '* filter=evil diff=evil' },
      '2026-06-01T12:00:00Z',
    );
    const evil = await folder.write('evil', `#!/bin/sh\ntouch '${folder.at('ran')}'\n`);
    await chmod(evil, 0o755);
    for (const hook of ['post-index-change', 'post-checkout', 'reference-transaction']) {
      await mkdir(join(repository.path, '.git', 'hooks'), { recursive: true });
      await cp(evil, join(repository.path, '.git', 'hooks', hook));
    }
    await appendFile(
      join(repository.path, '.git', 'config'),
      `[core]\nfsmonitor = ${evil}\npager = ${evil}\nsshCommand = ${evil}\nattributesFile = ${evil}\n[log]\nshowSignature = true\n[gpg]\nprogram = ${evil}\n[filter "evil"]\nclean = ${evil}\nsmudge = ${evil}\nrequired = true\n[diff "evil"]\ntextconv = ${evil}\ncommand = ${evil}\n[protocol "ext"]\nallow = always\n[remote "origin"]\nurl = ext::${evil}\npromisor = true\n[extensions]\npartialClone = origin\n`,
    );
    await appendFile(join(repository.path, 'solution.sh'), 'more');
    const [commit] = await readCommits([repository.path], undefined);
    expect(commit).toMatchObject({ sha, changed: true });
    expect(existsSync(folder.at('ran'))).toBe(false);
    // A commit that is not there would be asked of the remote.
    const object = join(repository.path, '.git', 'objects', sha.slice(0, 2));
    await rename(object, folder.at('object'));
    expect(await readCommits([repository.path], undefined)).toEqual([null]);
    expect(existsSync(folder.at('ran'))).toBe(false);
    // The trap is one: git itself walks into it.
    await rename(folder.at('object'), object);
    execFileSync('git', ['-C', repository.path, 'status'], { stdio: 'ignore', timeout: 20_000 });
    expect(existsSync(folder.at('ran'))).toBe(true);
  });

  it('waits for no FIFO, follows no link, and minds nothing broken', async () => {
    const real = await folder.repository('real');
    await real.commit({ a: 'a' }, '2026-06-01T12:00:00Z');
    await mkdir(folder.at('fifo', '.git'), { recursive: true });
    execFileSync('mkfifo', [folder.at('fifo', '.git', 'HEAD')]);
    await mkdir(folder.at('link'));
    await symlink(join(real.path, '.git'), folder.at('link', '.git'));
    await folder.write('file/.git', `gitdir: ${real.path}/.git\n`);
    await folder.write('escape/.git/HEAD', 'ref: refs/../../../real/.git/HEAD\n');
    await folder.write('circle/.git/HEAD', 'ref: refs/a\n');
    await folder.write('circle/.git/refs/a', 'ref: refs/a\n');
    await folder.write('absent/.git/HEAD', `${'a'.repeat(40)}\n`);
    await folder.write('wide/.git/HEAD', `${'a'.repeat(64)}\n`);
    const names = ['fifo', 'link', 'file', 'escape', 'circle', 'absent', 'wide', 'nowhere'];
    const read = await readCommits(
      names.map((name) => folder.at(name)),
      undefined,
    );
    expect(read).toEqual(names.map(() => null));
  });
});
