import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../project.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
/** Their examples are run with the commands of all documents: `documents/documented-commands.test.ts`. */
const COMMANDS = [
  ...['grade', 'judge', 'list', 'lint'],
  ...['verify', 'new', 'batch', 'regrade', 'merge', 'enqueue', 'worker', 'collect'],
  ...['doctor', 'init', 'watch', 'hint', 'try'],
];

describe('--help', () => {
  it.each([[], ...COMMANDS.map((command) => [command])])('%s', async (...command) => {
    const { code, stdout, stderr } = await folder.run([...command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: keyspace-grader ${command.join(' ')}`));
    expect(stdout).toMatch(/\nExamples:\n {2}\$ keyspace-grader /);
    for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect((await folder.run([...command, '-h'])).stdout).toBe(stdout);
  });

  it('lists every command', async () => {
    const { stdout } = await folder.run(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+)(?: [<[].*?[>\]])* {2,}\S/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...COMMANDS].sort());
  });

  it('breaks the description as a text', async () => {
    const { stdout } = await folder.run(['--help']);
    expect(stdout).toContain(
      'Grades hands-on Valkey challenges: runs a script against a throwaway server,\nthen judges the keyspace, the commands and the output.\n',
    );
  });

  it('is what is told where no command is given, as a mistake', async () => {
    const { code, stdout, stderr } = await folder.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe((await folder.run(['--help'])).stdout);
  });
});

describe('--version', () => {
  it.each(['--version', '-V'])('%s is that of the package', async (option) => {
    const manifest = JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect(await folder.run([option])).toMatchObject({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe('a call that cannot be understood', () => {
  it.each([
    ['an unknown command', ['grde'], /unknown command 'grde'/],
    ['an unknown option', ['grade', 'sessions/cantina', '--engin', 'local'], /unknown option '--engin'/],
    ['no challenge', ['grade'], /missing required argument 'challenge'/],
    ['no evidence', ['judge', 'sessions/cantina'], /missing required argument 'evidence'/],
    ['an argument too many', ['grade', 'sessions/cantina', '.', 'more'], /too many arguments/],
    [
      'an unknown engine',
      ['grade', 'sessions/cantina', '--engine', 'podman'],
      /Allowed choices are auto, docker, local/,
    ],
    ['an option without its value', ['grade', 'sessions/cantina', '--json'], /argument missing/],
    ['a limit of nothing', ['grade', 'sessions/cantina', '--timeout', '0'], /more than 0 and at most 3600/],
    [
      'a limit below nothing',
      ['grade', 'sessions/cantina', '--timeout', '-5'],
      /more than 0 and at most 3600/,
    ],
    [
      'a limit without an end',
      ['grade', 'sessions/cantina', '--timeout', 'Infinity'],
      /more than 0 and at most 3600/,
    ],
    [
      'a limit that is no number',
      ['grade', 'sessions/cantina', '--timeout', '5s'],
      /more than 0 and at most 3600/,
    ],
    ['an empty limit', ['grade', 'sessions/cantina', '--timeout', ''], /more than 0 and at most 3600/],
  ])('%s is told on stderr, with exit code 2', async (_, args, message) => {
    const { code, stdout, stderr } = await folder.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
