import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HINTS_NAME, readHints, saveHint } from './taken.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hints-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the file that keeps hints', () => {
  it('keeps them by challenge and check', async () => {
    expect(await readHints(folder, 'a/b')).toEqual({ taken: {}, problem: null });
    await saveHint(folder, 'a/b', 'ttl', 1);
    await saveHint(folder, 'a/b', 'key', 1);
    await saveHint(folder, 'a/b', 'ttl', 2);
    await saveHint(folder, 'c/d', 'ttl', 1);
    expect(await readHints(folder, 'a/b')).toEqual({ taken: { ttl: 2, key: 1 }, problem: null });
    expect((await readHints(folder, 'c/d')).taken).toEqual({ ttl: 1 });
  });

  it.each([
    ['no JSON', '{"version": 1,', /JSON/],
    ['another version', '{"version": 2, "challenges": {}}', /not what this version writes/],
    ['counts that are none', '{"version": 1, "challenges": {"a/b": {"ttl": "2"}}}', /not what/],
    ['less than none', '{"version": 1, "challenges": {"a/b": {"ttl": -2}}}', /not what/],
    ['a list', '[]', /not what/],
    ['too much', ' '.repeat(70_000), /too large/],
  ])('begins again where it holds %s, and says so', async (_, text, problem) => {
    await writeFile(join(folder, HINTS_NAME), text);
    const found = await readHints(folder, 'a/b');
    expect(found.taken).toEqual({});
    expect(found.problem).toMatch(problem);
    await saveHint(folder, 'a/b', 'ttl', 1);
    expect(await readHints(folder, 'a/b')).toEqual({ taken: { ttl: 1 }, problem: null });
  });

  it('follows no link, and does not write through one', async () => {
    const other = join(folder, 'other.json');
    await writeFile(other, '{"version": 1, "challenges": {"a/b": {"ttl": 2}}}');
    await symlink(other, join(folder, HINTS_NAME));
    expect(await readHints(folder, 'a/b')).toEqual({ taken: {}, problem: 'it is not a plain file' });
    await expect(saveHint(folder, 'a/b', 'ttl', 1)).rejects.toThrow('a link stands there');
    expect(await readFile(other, 'utf8')).toContain('"ttl": 2');
  });

  it('takes a folder of its name for no file', async () => {
    await mkdir(join(folder, HINTS_NAME));
    expect((await readHints(folder, 'a/b')).problem).toBe('it is not a plain file');
  });
});
