import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../base/errors.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { chooseCollection, collectionToGradeWith } from './choose.ts';
import { collectionAt, SHIPPED } from './collection.ts';
import { readConfig } from './config.ts';
import { findConfig } from './find-config.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'collection-test-')));
});
afterEach(() => removeFolder(root));

async function put(path: string, text: string): Promise<string> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
  return join(root, path);
}

describe('chooseCollection', () => {
  it("takes this package's own where nothing says otherwise", async () => {
    expect(await chooseCollection({})).toEqual(SHIPPED);
  });

  it('takes the one that is named, laid out as usual where it has no keyspace.config.yaml', async () => {
    expect(await chooseCollection({ challenges: root })).toEqual(collectionAt(root));
  });

  it('takes the folders that a keyspace.config.yaml in the named one names', async () => {
    await put('keyspace.config.yaml', 'graders: checks\nfixtures: tests/submissions\n');
    expect(await collectionToGradeWith({ challenges: root })).toEqual({
      root,
      graders: join(root, 'checks'),
      challenges: join(root, 'challenges'),
      fixtures: join(root, 'tests/submissions'),
    });
  });

  it('refuses a folder that is not there, and a file', async () => {
    const file = await put('a-file', '');
    for (const challenges of [join(root, 'none'), file]) {
      await expect(chooseCollection({ challenges })).rejects.toThrow(UsageError);
      await expect(chooseCollection({ challenges })).rejects.toThrow(`There is no folder ${challenges}.`);
    }
  });
});

describe('findConfig', () => {
  it('finds the nearest one, in the folder or above it', async () => {
    const outer = await put('keyspace.config.yaml', '');
    const inner = await put('a/keyspace.config.yaml', '');
    await mkdir(join(root, 'a/b/c'), { recursive: true });
    await mkdir(join(root, 'd'));
    expect(findConfig(join(root, 'a/b/c'))).toBe(inner);
    expect(findConfig(join(root, 'd'))).toBe(outer);
  });
});

describe('readConfig', () => {
  it.each(['', '# only a comment\n', '{}'])(
    'takes the usual folders where nothing is set: %j',
    async (text) => {
      expect(await readConfig(await put('keyspace.config.yaml', text))).toEqual(collectionAt(root));
    },
  );

  it.each([
    [
      'graders: checks\nchalenges: tasks\n',
      ':2:1: chalenges: there is no such property here; did you mean challenges?',
    ],
    ['graders: 7\n', ':1:1: graders: must be string'],
    ['graders: ""\n', ':1:1: graders: must NOT have fewer than 1 characters'],
    ['- graders\n', ':1:1: the document: must be object,null'],
    ['graders: [\n', ':2:1: not valid YAML: '],
    [
      'graders: ok\nfixtures: ../elsewhere\n',
      ":2:1: fixtures: must be a folder below this file's own, not ../elsewhere",
    ],
    ['graders: /etc\n', ":1:1: graders: must be a folder below this file's own, not /etc"],
    ['graders: .\n', ":1:1: graders: must be a folder below this file's own, not ."],
  ])('tells where a mistake is: %j', async (text, message) => {
    const attempt = readConfig(await put('keyspace.config.yaml', text));
    await expect(attempt).rejects.toThrow(UsageError);
    await expect(attempt).rejects.toThrow(`keyspace.config.yaml${message}`);
  });
});
