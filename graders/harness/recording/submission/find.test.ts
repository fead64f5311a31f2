import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotStartedError, UsageError } from '../../base/errors.ts';
import { findScript, tellsNoScript } from './find.ts';
import { LANGUAGES } from './languages.ts';

const CHALLENGE = 'sessions/cantina';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Makes a file in the folder and gives back its path. */
async function make(name: string, text = '', mode = 0o644): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode });
  return path;
}

const find = (path = '.') => findScript(CHALLENGE, join(folder, path));
const failure = (path?: string) =>
  find(path).then(
    () => new Error('it was found'),
    (error: unknown) => error as Error,
  );

describe('findScript', () => {
  it.each(LANGUAGES.flatMap(({ id, extensions }) => extensions.map((extension) => [extension, id])))(
    'takes a script with the extension %s for %s',
    async (extension, id) => {
      const path = await make(`my-work${extension}`);
      expect(await find(`my-work${extension}`)).toMatchObject({
        path,
        name: `my-work${extension}`,
        language: { id },
      });
    },
  );

  it('takes an extension in upper case, and an executable with a shebang', async () => {
    await make('WORK.SH');
    await make('work.rb', '#!/usr/bin/env ruby\n', 0o755);
    await make('work', '#!/bin/sh\n', 0o755);
    expect((await find('WORK.SH')).language.id).toBe('bash');
    expect((await find('work.rb')).language.id).toBe('executable');
    expect((await find('work')).language.id).toBe('executable');
  });

  it.each([
    ['the folder itself', 'solution.py'],
    ['the folder of the challenge', `${CHALLENGE}/solution.py`],
    ['the folder of the challenge below challenges', `challenges/${CHALLENGE}/solution.py`],
  ])('looks in %s', async (_, name) => {
    const path = await make(name);
    expect((await find()).path).toBe(path);
  });

  it('prefers what is nearest, and minds no other challenge', async () => {
    await make('challenges/sessions/validation/solution.sh');
    const below = await make(`challenges/${CHALLENGE}/solution.js`);
    expect((await find()).path).toBe(below);
    const here = await make('solution.py');
    expect((await find()).path).toBe(here);
  });

  it.each(['Solution.valkey', 'SOLUTION.VALKEY', 'solution.Valkey', 'solution.valkey.txt'])(
    'takes %s, which is nearly right',
    async (name) => {
      const path = await make(name);
      expect(await find()).toMatchObject({ path, name, language: { id: 'command-file' } });
    },
  );

  it('prefers the name as it should be, wherever it lies', async () => {
    await make('Solution.md');
    await make('Solution.sh');
    const right = await make(`challenges/${CHALLENGE}/solution.sh`);
    expect((await find()).path).toBe(right);
  });

  it.each(['solution (1).valkey', 'my-solution.py', 'Solutions.sh', 'soluton.js', 'solution_final.ts'])(
    'asks whether %s is meant',
    async (name) => {
      await make(`challenges/${CHALLENGE}/${name}`);
      await make('resolution.md');
      const { message } = await failure();
      expect(message).toContain(
        `\nDid you mean ${name}? Rename it to solution${extname(name)}, or name it: `,
      );
      expect(message).toContain(`/challenges/${CHALLENGE}/${name}`);
    },
  );

  it('leaves out what merely begins alike, and what is no script', async () => {
    await make('solution.md');
    await make('solution.d/solution.sh');
    await make('solutions.py');
    await make('my-solution.py');
    const path = await make('solution.sh');
    expect((await find()).path).toBe(path);
  });

  it('says what it expected where nothing is there yet', async () => {
    await make('README.md');
    const error = await failure();
    expect(error).toBeInstanceOf(NotStartedError);
    expect(error.message).toContain(`There is no script for ${CHALLENGE} in ${folder}.`);
    expect(tellsNoScript(error.message)).toBe(true);
    expect(error.message).toContain('solution.* (.valkey .redis .txt .sh ');
  });

  it('names all solutions where there are several', async () => {
    await make('solution.sh');
    await make('solution.py');
    await make('solution.md');
    const error = await failure();
    expect(error).toBeInstanceOf(UsageError);
    expect(error).not.toBeInstanceOf(NotStartedError);
    expect(error.message).toBe(
      'There is more than one solution: solution.py, solution.sh. Keep one, or name the one to grade.',
    );
    expect(tellsNoScript(error.message)).toBe(false);
  });

  it('prints no control characters of a name that a learner chose', async () => {
    await make('solution.\u001b[2J.sh');
    await make('solution.\u202e.py');
    expect((await failure()).message).toContain('solution.\\x1b[2J.sh, solution.\\u202e.py');
  });

  it('prints none of a path either, nor where the system names it', async () => {
    const name = 'dir\n::error::\u001b[31m';
    const safe = 'dir\\n::error::\\x1b[31m';
    expect((await failure(name)).message).toContain(safe);
    await make(`${name}/solution.md`);
    await make(`${name}/solution.cobol`);
    expect((await failure(`${name}/solution.cobol`)).message).toContain(safe);
    await symlink('solution.py', join(folder, name, 'solution.py'));
    await symlink('nowhere', join(folder, name, `solution.\u001b[2J.py`));
    await rm(join(folder, name, 'solution.cobol'));
    await rm(join(folder, name, 'solution.md'));
    const { message } = await failure(name);
    expect(message).toMatch(/^solution\.\\x1b\[2J\.py cannot be read: ENOENT: .*::error::/);
    expect(message).toContain(safe);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them is to be there.
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('says of a link that leads to itself what it is', async () => {
    await symlink('solution.py', join(folder, 'solution.py'));
    expect((await failure()).message).toBe('solution.py cannot be read: a link leads to itself');
  });

  it.each([
    ['a path at which there is nothing', 'missing.py', /There is no file or folder .*missing\.py$/],
    [
      'an extension that is not known',
      'work.cobol',
      /work\.cobol is not a script that can be run: .*\.valkey \.redis/,
    ],
    ['an extension that is not known, though executable', 'data.bin', /not a script that can be run/],
  ])('refuses %s', async (_, name, message) => {
    await make('work.cobol', 'IDENTIFICATION DIVISION.');
    await make('data.bin', 'no shebang', 0o755);
    const error = await failure(name);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(message);
  });

  it('refuses a solution of an extension that is not known', async () => {
    await make('solution.cobol');
    expect((await failure()).message).toMatch(/^solution\.cobol is not a script that can be run/);
  });

  it.skipIf(process.platform === 'win32')('waits for no FIFO and follows links to files alone', async () => {
    execFileSync('mkfifo', [join(folder, 'solution.txt')]);
    expect((await failure()).message).toBe('solution.txt is not a plain file');
    expect((await failure('solution.txt')).message).toMatch(/solution\.txt is not a plain file$/);

    await rm(join(folder, 'solution.txt'));
    await symlink(join(folder, 'nowhere.py'), join(folder, 'solution.py'));
    expect((await failure()).message).toMatch(/^solution\.py cannot be read: ENOENT/);

    await make('nowhere.py');
    expect((await find()).name).toBe('solution.py');

    await symlink(folder, join(folder, 'solution'));
    expect((await find()).name).toBe('solution.py');
  });

  it('follows no folder that is a link out of what was handed in', async () => {
    await make('neighbour/sessions/cantina/solution.py');
    await make('mine/other/sessions/cantina/solution.py');
    await symlink('../neighbour/sessions', join(folder, 'mine', 'sessions'));
    const error = await failure('mine');
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^sessions\/cantina\/solution\.py lies behind a link that leads out/);
    await rm(join(folder, 'mine', 'sessions'));
    await symlink('other/sessions', join(folder, 'mine', 'sessions'));
    expect((await find('mine')).name).toBe('solution.py');
  });

  it.skipIf(process.getuid?.() === 0)('says so where a script may not be read', async () => {
    await make('solution.py', '', 0o000);
    const error = await failure();
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toMatch(/^solution\.py cannot be read: EACCES/);
  });
});
