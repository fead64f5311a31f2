import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, readlink, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type TestRepository, useTestFolder } from '../../testing/repository.ts';
import { type CloneOptions, cloneRepositories } from './clone.ts';

const folder = useTestFolder();
afterEach(() => {
  vi.unstubAllEnvs();
});

const DEADLINE = new Date('2026-06-01T23:59:00+02:00');
const [MORNING, NOON, NIGHT] = ['2026-06-01T08:00:00Z', '2026-06-01T12:00:00Z', '2026-06-02T00:00:00Z'];

async function clone(url: string, options: Partial<CloneOptions> = {}) {
  const told: string[] = [];
  const [result] = await cloneRepositories([{ id: 'leia', url }], {
    out: folder.at('out'),
    retries: 0,
    notify: (line) => told.push(line),
    ...options,
  });
  return { result, told };
}

const inTree = (...names: string[]) => folder.at('out', 'repositories', 'leia', ...names);

/** A repository with a commit in the morning, at noon and after the deadline. */
async function withHistory(): Promise<{ repository: TestRepository; shas: string[] }> {
  const repository = await folder.repository('origin');
  const shas: string[] = [];
  for (const date of [MORNING, NOON, NIGHT])
    shas.push(await repository.commit({ 'solution.sh': date }, date));
  return { repository, shas };
}

describe('which commit is graded', () => {
  it('the newest of the default branch, without its history', async () => {
    const { repository, shas } = await withHistory();
    const { result } = await clone(repository.url);
    expect(result).toEqual({
      path: inTree(),
      commit: { sha: shas[2], date: '2026-06-02T00:00:00.000Z', late: null },
    });
    expect(await readdir(inTree())).toEqual(['solution.sh']);
    expect(await readFile(inTree('solution.sh'), 'utf8')).toBe(NIGHT);
  });

  it('the last before the deadline, and by how much later ones are late', async () => {
    const { repository, shas } = await withHistory();
    const { result } = await clone(repository.url, { deadline: DEADLINE });
    expect(result).toMatchObject({ commit: { sha: shas[1], date: '2026-06-01T12:00:00.000Z', late: 7260 } });
    expect(await readFile(inTree('solution.sh'), 'utf8')).toBe(NOON);
  });

  it('at the very second of the deadline is in time', async () => {
    const { repository, shas } = await withHistory();
    const { result } = await clone(repository.url, { deadline: new Date(NIGHT) });
    expect(result).toMatchObject({ commit: { sha: shas[2], late: 0 } });
  });

  it('the newest where none is in time', async () => {
    const { repository, shas } = await withHistory();
    const { result } = await clone(repository.url, { deadline: new Date('2026-06-01T07:59:59Z') });
    expect(result).toMatchObject({ commit: { sha: shas[2], late: 57_601 } });
  });

  it('not one of another branch that was merged later', async () => {
    const repository = await folder.repository('origin');
    const base = await repository.commit({ a: 'a' }, MORNING);
    repository.git('checkout', '--quiet', '-b', 'side');
    await repository.commit({ side: 'b' }, NOON);
    repository.git('checkout', '--quiet', 'main');
    vi.stubEnv('GIT_COMMITTER_DATE', NIGHT);
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    const { result } = await clone(repository.url, { deadline: new Date('2026-06-01T13:00:00Z') });
    expect(result).toMatchObject({ commit: { sha: base } });
  });

  it('a tag, with or without a message, or a commit', async () => {
    const { repository, shas } = await withHistory();
    const [first = '', second = ''] = shas;
    repository.git('tag', 'light', first);
    repository.git('tag', '--annotate', '--message', 'handed in', 'submit/1', second);
    for (const [at, sha] of [
      ['light', first],
      ['submit/1', second],
      [first.slice(0, 10), first],
      [first, first],
    ]) {
      const { result } = await clone(repository.url, { at, deadline: new Date(MORNING) });
      expect(result).toMatchObject({ commit: { sha, late: sha === first ? 0 : 14_400 } });
    }
  });

  it("its own of the list before everybody's", async () => {
    const { repository, shas } = await withHistory();
    const [result] = await cloneRepositories([{ id: 'leia', url: repository.url, at: shas[0] }], {
      out: folder.at('out'),
      at: 'no-such-tag',
      retries: 0,
      notify: () => undefined,
    });
    expect(result).toMatchObject({ commit: { sha: shas[0] } });
  });

  it('none where the tag is not there or nothing was ever committed: an empty folder', async () => {
    const { repository } = await withHistory();
    const tagless = await clone(repository.url, { at: 'submission' });
    expect(tagless.result).toEqual({ path: inTree(), commit: null, missing: 'there is no tag submission' });
    expect(await readdir(inTree())).toEqual([]);
    // A branch is not what was handed in.
    expect((await clone(repository.url, { at: 'main' })).result).toMatchObject({ commit: null });

    const empty = await folder.repository('empty');
    for (const deadline of [undefined, DEADLINE])
      expect((await clone(empty.url, { deadline })).result).toEqual({
        path: inTree(),
        commit: null,
        missing: 'its repository is empty',
      });
  });

  it('the one branch there is where the default branch is not', async () => {
    const { repository, shas } = await withHistory();
    repository.git('branch', '--move', 'master');
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/gone');
    expect((await clone(repository.url)).result).toMatchObject({ commit: { sha: shas[2] } });
    repository.git('branch', 'other', 'master');
    const { result } = await clone(repository.url, { out: folder.at('elsewhere') });
    expect(result).toEqual({ fault: expect.stringContaining('HEAD') });
  });
});

describe('what cannot be had', () => {
  it('is a fault with a reason, and the others are fetched', async () => {
    const { repository } = await withHistory();
    const urls = ['file:///no/such/repository', repository.url, 'https://leia:secret@127.0.0.1:1/a'];
    const results = await cloneRepositories(
      urls.map((url, index) => ({ id: `r${index}`, url })),
      { out: folder.at('out'), retries: 0, notify: () => undefined },
    );
    expect(results).toEqual([
      { fault: expect.stringMatching(/no\/such\/repository/) },
      { path: folder.at('out', 'repositories', 'r1'), commit: expect.anything() },
      { fault: expect.stringMatching(/^fatal: unable to access 'https:\/\/127\.0\.0\.1:1\/a/) },
    ]);
    expect(JSON.stringify(results)).not.toContain('secret');
    expect((await readdir(folder.at('out', 'repositories'))).sort()).toEqual(['.git-stores', 'r1']);
  });

  it('a commit that is not there', async () => {
    const { repository } = await withHistory();
    const at = 'a'.repeat(40);
    expect((await clone(repository.url, { at })).result).toEqual({ fault: `there is no commit ${at}` });
  });

  it('is tried again', async () => {
    const { repository } = await withHistory();
    await rename(repository.path, `${repository.path}-away`);
    const cloning = clone(repository.url, { retries: 4 });
    setTimeout(() => void rename(`${repository.path}-away`, repository.path), 200);
    expect((await cloning).result).toMatchObject({ commit: expect.anything() });
  });

  it('is graded as it was fetched before, and that is told', async () => {
    const { repository, shas } = await withHistory();
    await clone(repository.url, { deadline: DEADLINE });
    await rename(repository.path, `${repository.path}-away`);
    const { result, told } = await clone(repository.url, { deadline: DEADLINE });
    expect(result).toMatchObject({ commit: { sha: shas[1] } });
    expect(told[0]).toMatch(/^leia cannot be fetched again, and is graded as it was: /);
  });

  it('what was pushed since is fetched, and what was left in the folder is gone', async () => {
    const { repository } = await withHistory();
    await clone(repository.url);
    await folder.write('out/repositories/leia/left.txt', '');
    const sha = await repository.commit({ 'solution.sh': 'new' }, NIGHT);
    expect((await clone(repository.url)).result).toMatchObject({ commit: { sha } });
    expect(await readdir(inTree())).toEqual(['solution.sh']);
  });
});

describe('a repository that nobody trusts', () => {
  it('runs no hooks, filters or submodules, and asks nobody', async () => {
    const evil = await folder.write('evil', `#!/bin/sh\ntouch '${folder.at('ran')}'\ncat\n`);
    await chmod(evil, 0o755);
    // As a machine where a template puts hooks into every repository, and large files are fetched on the way.
    await mkdir(folder.at('template', 'hooks'), { recursive: true });
    for (const hook of ['post-checkout', 'post-index-change', 'reference-transaction', 'post-merge'])
      await cp(evil, folder.at('template', 'hooks', hook));
    const config = `[init]\ntemplateDir = ${folder.at('template')}\n[core]\nhooksPath = ${folder.at('template', 'hooks')}\n[filter "lfs"]\nsmudge = ${evil}\nprocess = ${evil}\nrequired = true\n[submodule]\nrecurse = true\n`;
    vi.stubEnv('GIT_CONFIG_GLOBAL', await folder.write('gitconfig', config));
    vi.stubEnv('GIT_ASKPASS', evil);
    const other = await folder.repository('other');
    const inner = await other.commit({ inner: 'x' }, MORNING);
    const repository = await folder.repository('origin');
    await repository.commit(
      {
        'solution.sh': 'one',
        'big.bin': 'version https://git-lfs.github.com/spec/v1\n',
        '.gitattributes': '*.bin filter=lfs',
        '.gitmodules': `[submodule "m"]\npath = m\nurl = ${other.url}\n`,
      },
      MORNING,
    );
    repository.git('update-index', '--add', '--cacheinfo', `160000,${inner},m`);
    repository.git('commit', '--quiet', '--message', 'with a submodule');
    vi.stubEnv('GIT_DIR', folder.at('elsewhere'));
    const { result } = await clone(repository.url);
    vi.stubEnv('GIT_DIR', undefined);
    expect(result).toMatchObject({ commit: expect.anything() });
    expect((await readdir(inTree())).sort()).toEqual([
      '.gitattributes',
      '.gitmodules',
      'big.bin',
      'm',
      'solution.sh',
    ]);
    expect(await readdir(inTree('m'))).toEqual([]);
    expect(await readFile(inTree('big.bin'), 'utf8')).toMatch(/^version https:\/\/git-lfs/);
    expect(existsSync(folder.at('ran'))).toBe(false);
    // The trap is one: git itself walks into it, and stumbles.
    spawnSync('git', ['clone', '--quiet', repository.url, folder.at('trapped')], { timeout: 20_000 });
    expect(existsSync(folder.at('ran'))).toBe(true);
  });

  it('has its links as they are, and nothing is written through them', async () => {
    const repository = await folder.repository('origin');
    await mkdir(folder.at('outside'));
    await symlink(folder.at('outside'), join(repository.path, 'way'));
    await symlink('solution.sh', join(repository.path, 'same.sh'));
    await repository.commit({ 'solution.sh': 'one' }, MORNING);
    await clone(repository.url);
    expect(await readlink(inTree('way'))).toBe(folder.at('outside'));
    expect(await readlink(inTree('same.sh'))).toBe('solution.sh');
    // The next one has a folder of that name: what the link leads to stays as it is.
    repository.git('rm', '--quiet', 'way');
    await repository.commit({ 'way/file': 'x' }, NOON);
    await clone(repository.url);
    expect(await readdir(folder.at('outside'))).toEqual([]);
    expect(await readFile(inTree('way', 'file'), 'utf8')).toBe('x');
  });
});
