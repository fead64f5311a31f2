import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../../testing/cli.ts';

const folder = useCliFolder();
const inRepository = (name: string) => join(folder.path, 'class', name);

describe('keyspace-grader init', () => {
  it('adds to a folder, and overwrites nothing in it', async () => {
    await folder.write('class/LICENSE', 'mine\n');
    expect(await folder.run(['init', 'class', '--missions', 'queues'])).toMatchObject({
      code: 0,
      stderr: '',
    });
    await writeFile(inRepository('README.md'), 'mine\n');
    const before = await readdir(inRepository('challenges'), { recursive: true });
    const { code, stdout, stderr } = await folder.run(['init', 'class']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^keyspace-grader: class holds some of it already: README\.md, /);
    for (const name of ['LICENSE', 'README.md'])
      expect(await readFile(inRepository(name), 'utf8')).toBe('mine\n');
    expect(await readdir(inRepository('challenges'), { recursive: true })).toEqual(before);
  });

  it('leaves nothing half-written', async () => {
    await folder.write('class/challenges', 'a file where a folder is to be\n');
    const { code, stderr } = await folder.run(['init', 'class']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^keyspace-grader: The repository cannot be written: /);
    expect(await readdir(inRepository('.'))).toEqual(['challenges']);
    expect(await folder.names()).toEqual(['class']);
  });

  it.each([
    [['--missions', 'sesions'], 'There is no mission or challenge named "sesions"; did you mean sessions?'],
    [['--missions', 'sessions/cantna'], 'There is no challenge named "sessions/cantna"; did you mean'],
    [['--classroom', 'moodle'], "option '--classroom <kind>' argument 'moodle' is invalid"],
  ])('refuses a call that is wrong: %j', async (args, message) => {
    const { code, stderr } = await folder.run(['init', 'class', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(await folder.names()).toEqual([]);
  });
});
