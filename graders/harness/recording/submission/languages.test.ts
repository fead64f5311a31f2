import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder } from '../../base/scratch-folder.ts';
import {
  knownExtensions,
  LANGUAGES,
  languageIds,
  languageOf,
  languageTitle,
  scriptNames,
} from './languages.ts';

let folder: string;

async function file(name: string, text: string, mode: number): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'languages-test-'));
});

afterAll(() => removeFolder(folder));

describe('languageOf', () => {
  it.each([
    ['solution.valkey', 'command-file'],
    ['solution.redis', 'command-file'],
    ['solution.txt', 'command-file'],
    ['solution.sh', 'bash'],
    ['solution.bash', 'bash'],
    ['solution.js', 'javascript'],
    ['solution.mjs', 'javascript'],
    ['solution.cjs', 'javascript'],
    ['solution.ts', 'typescript'],
    ['solution.mts', 'typescript'],
    ['solution.cts', 'typescript'],
    ['solution.py', 'python'],
    ['a.b/My Solution.PY', 'python'],
  ])('knows %s as %s', (path, id) => {
    expect(languageOf(path)?.id).toBe(id);
  });

  it('knows anything executable with a shebang, but the extension first', async () => {
    const ruby = await file('solution.rb', '#!/usr/bin/env ruby\n', 0o755);
    expect(languageOf(ruby)).toMatchObject({ id: 'executable', title: 'executable' });
    expect(languageOf(ruby)?.start?.(ruby, '')).toEqual([ruby]);
    expect(languageOf(await file('solution', '#!/bin/sh\n', 0o755))?.id).toBe('executable');
    expect(languageOf(await file('shebang.py', '#!/bin/sh\n', 0o755))?.id).toBe('python');
  });

  it.each([
    ['no shebang', 'plain', 'hello\n', 0o755],
    ['no right to run it', 'shebang', '#!/bin/sh\n', 0o644],
    ['nothing in it', 'empty', '', 0o755],
  ])('does not know a file with %s', async (_, name, text, mode) => {
    expect(languageOf(await file(name, text, mode))).toBeUndefined();
  });

  it('does not know a file that is not there', () => {
    expect(languageOf(join(folder, 'no-such.rb'))).toBeUndefined();
  });
});

describe('the table of languages', () => {
  it('has each id and each extension once', () => {
    const extensions = LANGUAGES.flatMap((language) => language.extensions);
    expect(new Set(extensions).size).toBe(extensions.length);
    expect(new Set(languageIds()).size).toBe(LANGUAGES.length + 1);
    expect(knownExtensions().split(' ')).toEqual(extensions);
  });

  it('has a name for a script in each, as learners are told', () => {
    expect(scriptNames()).toBe('`solution.sh`, `solution.js`, `solution.ts` or `solution.py`');
  });

  it('names titles by id, and an id that it does not know by itself', () => {
    expect(languageTitle('command-file')).toBe('command file');
    expect(languageTitle('executable')).toBe('executable');
    expect(languageTitle('cobol')).toBe('cobol');
  });

  it.each([
    ['a.sh', ['bash', 'a.sh']],
    ['a.mjs', ['node', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', 'a.mjs']],
    ['a.ts', ['node', '--import', 'file:///tsx', 'a.ts']],
    ['a.py', ['python3', 'a.py']],
    ['a.valkey', undefined],
  ])('starts %s with %j', (path, command) => {
    expect(languageOf(path)?.start?.(path, 'file:///tsx')).toEqual(command);
  });
});
