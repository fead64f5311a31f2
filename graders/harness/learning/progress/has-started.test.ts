import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder } from '../../base/scratch-folder.ts';
import { collectionAt } from '../../challenges/collection/collection.ts';
import { hasStarted } from './has-started.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'started-test-'));
});
afterEach(() => removeFolder(root));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const started = () =>
  hasStarted('mission/challenge', join(root, 'learner'), collectionAt(join(root, 'collection')));

describe('hasStarted', () => {
  it('is false for a folder without a solution', async () => {
    await mkdir(join(root, 'learner'));
    expect(await started()).toBe(false);
  });

  it.each([
    ['', false],
    ['# only comments\n\n# and blank lines\n', false],
    ['# a comment\nSET a 1\n', true],
    ['SET a "never closed\n', true],
  ])('looks into a command file: %j', async (text, expected) => {
    await put('learner/mission/challenge/solution.valkey', text);
    expect(await started()).toBe(expected);
  });

  it('is false for the starter as it was given, and true once it is another text', async () => {
    await put('collection/challenges/mission/challenge/solution.py', 'import os\n');
    await put('learner/mission/challenge/solution.py', 'import os\n');
    expect(await started()).toBe(false);
    await put('learner/mission/challenge/solution.py', 'import os\nprint(1)\n');
    expect(await started()).toBe(true);
  });

  it('is true for what cannot be graded, so that it is told', async () => {
    await put('learner/mission/challenge/solution.py', '');
    await put('learner/mission/challenge/solution.sh', '');
    expect(await started()).toBe(true);
  });
});
