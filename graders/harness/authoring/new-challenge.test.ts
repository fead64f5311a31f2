import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../base/errors.ts';
import { removeFolder } from '../base/scratch-folder.ts';
import { type Collection, collectionAt, SHIPPED } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { testbed } from '../testing/testbeds.ts';
import type { Golden } from './fixtures/fixture.ts';
import { gradingHere, outcome } from './fixtures/grade-fixture.ts';
import { neverFailed } from './fixtures/verify.ts';
import { newChallenge } from './new-challenge.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'new-test-'));
});
afterEach(() => removeFolder(root));

const everything = async () => (await readdir(root, { recursive: true })).sort();

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe('newChallenge', () => {
  it('writes a grader that loads, instructions, a starter, and fixtures', async () => {
    const files = await newChallenge('music/jukebox', collectionAt(root));
    expect(files).toContain('graders/music/jukebox.yaml');
    for (const file of files) expect(await readFile(join(root, file), 'utf8')).not.toBe('');
    expect(await everything()).toEqual(expect.arrayContaining(files));
    expect((await readdir(root)).sort()).toEqual(['challenges', 'fixtures', 'graders']);
    const { points, checks, variants } = await loadGrader('music/jukebox', collectionAt(root));
    expect({ points, checks: checks.length, variants: variants.length }).toEqual({
      points: 7,
      checks: 5,
      variants: 1,
    });
  });

  it('proves its own example, on a real server', async () => {
    await newChallenge('music/jukebox', collectionAt(root));
    const grader = await loadGrader('music/jukebox', collectionAt(root));
    const bed = await testbed('local');
    const fixtures = join(root, 'fixtures/music/jukebox');
    const grade = async (path: string) =>
      outcome(await gradingHere(bed)({ challenge: grader.id, kind: 'pass', name: path, path }, grader));
    expect(await grade(join(root, 'challenges/music/jukebox'))).toMatchObject({ score: 0 });
    for (const name of await readdir(join(fixtures, 'pass')))
      expect(await grade(join(fixtures, 'pass', name)), name).toEqual({ score: 7, checks: {} });
    const goldens = JSON.parse(await readFile(join(fixtures, 'expected.json'), 'utf8')) as Record<
      string,
      Golden
    >;
    expect(Object.keys(goldens)).toEqual(await readdir(join(fixtures, 'fail')));
    expect(neverFailed(grader, goldens)).toEqual([]);
    for (const [name, { score, checks }] of Object.entries(goldens))
      expect(await grade(join(fixtures, 'fail', name)), name).toEqual({ score, checks });
  });

  it('writes into the folders that the collection names', async () => {
    const collection = {
      ...collectionAt(root),
      graders: join(root, 'checks'),
      fixtures: join(root, 'tests/all'),
    };
    const files = await newChallenge('music/jukebox', collection);
    expect(files).toContain('checks/music/jukebox.yaml');
    expect(files).toContain('tests/all/music/jukebox/expected.json');
    expect((await readdir(root)).sort()).toEqual(['challenges', 'checks', 'tests']);
  });

  const schemaLine = async (collection: Collection, id: string) =>
    (await readFile(join(collection.graders, `${id}.yaml`), 'utf8')).split('\n')[0];

  it('puts a copy of the schema beside the graders of a repository without this package, once', async () => {
    const collection = collectionAt(root);
    expect(await newChallenge('music/jukebox', collection)).toContain('graders/grader.schema.json');
    expect(await schemaLine(collection, 'music/jukebox')).toBe(
      '# yaml-language-server: $schema=../grader.schema.json',
    );
    expect(await newChallenge('music/song', collection)).not.toContain('graders/grader.schema.json');
    expect(await readFile(join(root, 'graders/grader.schema.json'), 'utf8')).toBe(
      await readFile(join(SHIPPED.graders, 'grader.schema.json'), 'utf8'),
    );
  });

  it('links to the schema of the package in the repository where it is installed there', async () => {
    const home = join(SHIPPED.root, 'node_modules', `.new-test-${process.pid}`);
    // As seen from here, the package lies in the repository: in the folder above.
    const collection = { ...collectionAt(home), root: SHIPPED.root };
    try {
      const files = await newChallenge('music/jukebox', collection);
      expect(files.some((file) => file.endsWith('grader.schema.json'))).toBe(false);
      expect(await schemaLine(collection, 'music/jukebox')).toBe(
        '# yaml-language-server: $schema=../../../../graders/grader.schema.json',
      );
    } finally {
      await removeFolder(home);
    }
  });

  it.each([
    'graders/music/jukebox.yaml',
    'challenges/music/jukebox/README.md',
    'fixtures/music/jukebox/a.sh',
  ])('overwrites nothing: %s', async (path) => {
    await put(path, 'mine');
    const before = await everything();
    const attempt = newChallenge('music/jukebox', collectionAt(root));
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow('is there already');
    expect(await everything()).toEqual(before);
    expect(await readFile(join(root, path), 'utf8')).toBe('mine');
  });

  it('leaves nothing half-written where a part cannot be written', async () => {
    // A file stands where the last of the three needs a folder.
    await put('fixtures', 'a file');
    await expect(newChallenge('music/jukebox', collectionAt(root))).rejects.toThrow(
      /^The challenge cannot be written: /,
    );
    expect(await everything()).toEqual(['fixtures']);
  });

  it.each([
    'jukebox',
    'music/',
    '/jukebox',
    'Music/jukebox',
    'music/juke_box',
    '../x/y',
    'a/b/c',
    'harness/x',
    '',
  ])('refuses the name %j', async (id) => {
    await expect(newChallenge(id, collectionAt(root))).rejects.toThrow(/cannot be the name of a challenge/);
    expect(await everything()).toEqual([]);
  });
});
