import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { ENGINE_CHOICES } from '../evidence/environment.ts';
import { useCliFolder } from '../testing/cli.ts';
import { buildProgram } from './program.ts';

const folder = useCliFolder();
/** Their examples are run with the commands of all documents: `documents/documented-commands.test.ts`. */
const COMMANDS = buildProgram(() => undefined).commands.map((command) => command.name());

/** Parses a call as the tool does, without a process: what one adds is tested once for all. */
async function parse(args: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const output = { stdout: '', stderr: '' };
  const program = buildProgram(() => undefined);
  for (const command of [program, ...program.commands])
    command.configureOutput({
      writeOut: (text) => {
        output.stdout += text;
      },
      writeErr: (text) => {
        output.stderr += text;
      },
    });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode, ...output };
  }
  throw new Error(`${args.join(' ')} was run`);
}

describe('--help', () => {
  it.each([[], ...COMMANDS.map((command) => [command])])('%s', async (...command) => {
    const { exitCode, stdout, stderr } = await parse([...command, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: keyspace-grader ${command.join(' ')}`));
    expect(stdout).toMatch(/\nExamples:\n {2}\$ keyspace-grader /);
    for (const line of stdout.split('\n')) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    expect((await parse([...command, '-h'])).stdout).toBe(stdout);
  });

  it.each([[], ['grade']])('%s is printed by a process', async (...command) => {
    const { stdout } = await parse([...command, '--help']);
    expect(await folder.run([...command, '--help'])).toMatchObject({ code: 0, stdout, stderr: '' });
  });

  it('lists every command', async () => {
    const { stdout } = await parse(['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+)(?: [<[].*?[>\]])* {2,}\S/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual([...COMMANDS].sort());
  });

  it('breaks the description as a text', async () => {
    const { stdout } = await parse(['--help']);
    expect(stdout).toContain(
      'Grades hands-on Valkey challenges: runs a script against a throwaway server,\nthen judges the keyspace, the commands and the output.\n',
    );
  });

  it('is what is told where no command is given, as a mistake', async () => {
    const { code, stdout, stderr } = await folder.run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe((await parse(['--help'])).stdout);
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
      ['grade', 'sessions/cantina', '--engine', 'nowhere'],
      new RegExp(`Allowed choices are ${ENGINE_CHOICES.join(', ')}`),
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
  ])('%s is told on stderr', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await parse(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toContain('--help');
  });

  it('ends a process with exit code 2', async () => {
    const args = ['grade', 'sessions/cantina', '--timeout', '5s'];
    const { stderr } = await parse(args);
    expect(await folder.run(args)).toMatchObject({ code: 2, stdout: '', stderr });
  });
});
