import { chmod, mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { InfrastructureError } from './errors.ts';
import { runProgram } from './run-program.ts';
import { removeFolder } from './scratch-folder.ts';

let root: string;

async function program(path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), `#!/bin/sh\n${text}\n`);
  await chmod(join(root, path), 0o755);
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'run-program-test-')));
  for (const place of ['node_modules/.bin', '.', 'programs'])
    await program(`stand/${place}/tool`, 'echo planted');
  await program('bin/tool', 'echo real; echo "$PATH"; pwd; echo no >&2; exit 3');
});

afterEach(() => vi.unstubAllEnvs());
afterAll(() => removeFolder(root));

describe('runProgram', () => {
  it('runs what the PATH names, and neither what packages bring nor what lies where somebody stands', async () => {
    const stand = join(root, 'stand');
    vi.spyOn(process, 'cwd').mockReturnValue(stand);
    const planted = [
      'node_modules/.bin',
      join(stand, 'node_modules/.bin/'),
      '.',
      '',
      join(stand, 'programs'),
    ];
    vi.stubEnv('PATH', [...planted, join(root, 'bin'), '/bin'].join(delimiter));
    expect(await runProgram('tool', [])).toEqual({
      exitCode: 3,
      stdout: `real\n${join(root, 'bin')}:/bin\n/\n`,
      stderr: 'no\n',
      cut: false,
    });
    vi.restoreAllMocks();
    vi.stubEnv('PATH', join(stand, 'node_modules/.bin'));
    await expect(runProgram('tool', [], { cwd: root })).rejects.toThrow(InfrastructureError);
    await expect(runProgram('tool', [])).rejects.toThrow('tool is needed, and cannot be found in PATH.');
  });

  it('kills what takes too long, or is asked to be', async () => {
    expect(await runProgram('sleep', ['60'], { timeoutMs: 50 })).toEqual({
      exitCode: null,
      stdout: '',
      stderr: '',
      cut: false,
    });
    expect((await runProgram('sleep', ['60'], { signal: AbortSignal.timeout(50) })).exitCode).toBeNull();
    expect((await runProgram('sleep', ['60'], { signal: AbortSignal.abort() })).exitCode).toBeNull();
  });

  it('reads no more than it is to, and says so', async () => {
    const { stdout, cut } = await runProgram('yes', [], { mostOutput: 1000 });
    expect({ cut, length: stdout.length }).toEqual({ cut: true, length: 1000 });
  });

  it('throws what the system says of a program that cannot be started', async () => {
    await writeFile(join(root, 'text'), 'no program');
    await expect(runProgram(join(root, 'text'), [])).rejects.toMatchObject({ code: 'EACCES' });
  });
});
