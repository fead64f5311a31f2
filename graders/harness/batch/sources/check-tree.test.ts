import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type TestRepository, useTestFolder } from '../../testing/repository.ts';
import { excessOfTree } from './check-tree.ts';
import { cloneRepositories } from './clone.ts';

const NOON = '2026-06-01T12:00:00Z';
const TOO_LARGE = 'its commit holds more than 512 MiB or 50000 files';

const folder = useTestFolder();
let repository: TestRepository;

beforeEach(async () => {
  repository = await folder.repository('origin');
});

const excess = (commit: string) => excessOfTree(folder.at('origin', '.git'), commit);

/** The name of a tree, given its lines. */
function tree(...lines: string[]): string {
  const input = lines.map((line) => `${line}\n`).join('');
  return execFileSync('git', ['-C', repository.path, 'mktree'], { input, encoding: 'utf8' }).trim();
}

/** A commit of a tree whose folders hold ten folders each, so many deep, and `leaf` in the innermost. */
function commitOf(leaf: string, depth: number): string {
  let name = leaf;
  for (let level = 0; level < depth; level += 1)
    name = tree(...Array.from({ length: 10 }, (_, index) => `040000 tree ${name}\td${index}`));
  return repository.git('commit-tree', name, '-m', 'x').trim();
}

describe('excessOfTree', () => {
  it('has nothing to say of an ordinary commit', async () => {
    const sha = await repository.commit({ 'a/solution.valkey': 'PING', 'b c\n.txt': '' }, NOON);
    expect(await excess(sha)).toBeNull();
  });

  it.each([
    ['a million files', 'x'],
    ['folders alone, without end', ''],
  ])('stops at %s', async (_, file) => {
    const sha = await repository.commit({ file: 'x' }, NOON);
    const blob = repository.git('rev-parse', `${sha}:file`).trim();
    const leaf = file === '' ? tree() : tree(`100644 blob ${blob}\t${file}`);
    expect(await excess(commitOf(leaf, 30))).toBe(TOO_LARGE);
  });

  it('goes by the size that files would have, whatever they take packed', async () => {
    const sha = await repository.commit({ zeros: '0'.repeat(2 * 1024 * 1024) }, NOON);
    const blob = repository.git('rev-parse', `${sha}:zeros`).trim();
    const files = Array.from({ length: 257 }, (_, index) => `100644 blob ${blob}\tf${index}`);
    expect(await excess(repository.git('commit-tree', tree(...files), '-m', 'x').trim())).toBe(TOO_LARGE);
  });

  it('refuses a path that not every system can open', async () => {
    await repository.commit({ file: 'x' }, NOON);
    let name = tree(`100644 blob ${repository.git('rev-parse', 'HEAD:file').trim()}\tf`);
    for (let level = 0; level < 11; level += 1) name = tree(`040000 tree ${name}\t${'d'.repeat(100)}`);
    const sha = repository.git('commit-tree', name, '-m', 'x').trim();
    expect(await excess(sha)).toBe('its commit holds a path of more than 1024 bytes');
  });

  it('throws where there is no such commit', async () => {
    await expect(excess('0'.repeat(40))).rejects.toThrow('its files cannot be listed: fatal: ');
  });
});

describe('a repository whose commit holds too much', () => {
  it('is fetched, and not put on the disk: there is nothing to grade', async () => {
    const sha = await repository.commit({ file: 'x' }, NOON);
    repository.git(
      'reset',
      '--quiet',
      '--soft',
      commitOf(repository.git('rev-parse', `${sha}^{tree}`).trim(), 7),
    );
    const [result] = await cloneRepositories([{ id: 'leia', url: repository.url }], {
      out: folder.at('out'),
      retries: 0,
      notify: () => undefined,
    });
    expect(result).toMatchObject({ path: folder.at('out/repositories/leia'), missing: TOO_LARGE });
    expect(await readdir(folder.at('out/repositories/leia'))).toEqual([]);
  });
});
