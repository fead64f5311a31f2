import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import { makeScratchFolder, type ScratchFolder } from '../../base/scratch-folder.ts';
import { SCRATCH_VARIABLE } from '../../base/stray-processes.ts';
import { withTimeEnough } from '../../testing/time-enough.ts';
import { DEFAULT_LIMITS, type ScriptLimits } from './limits.ts';
import { runProcess } from './run-process.ts';

let folder: ScratchFolder;

beforeEach(async () => {
  folder = await makeScratchFolder();
});

afterEach(() => folder.remove());

function bash(script: string, limits: Partial<ScriptLimits> = {}) {
  return runProcess({
    command: ['bash', '-c', script],
    cwd: folder.path,
    env: { PATH: process.env.PATH ?? '', [SCRATCH_VARIABLE]: folder.path },
    folder: folder.path,
    limits: { ...DEFAULT_LIMITS, ...limits },
  });
}

/** Runs a script that never ends until it is stopped, once it had time enough to say something. */
const bashUntilStopped = (script: string) =>
  withTimeEnough(
    400,
    (timeMs) => bash(script, { timeMs }),
    ({ stdout }) => stdout.text !== '',
  );

const path = (name: string) => join(folder.path, name);

/** A loop in a shell that writes to a file for as long as it lives. */
const scribble = (name: string) => `while :; do echo x >> '${path(name)}'; sleep 0.02; done`;

/** Waits in a shell until such a loop has begun. */
const untilScribbled = () => `until [ -e '${path('file')}' ]; do sleep 0.02; done`;

async function expectSilence(name: string): Promise<void> {
  expect(existsSync(path(name))).toBe(true);
  const before = await readFile(path(name), 'utf8');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await readFile(path(name), 'utf8')).toBe(before);
}

describe('runProcess', () => {
  it('gives back what was printed, and how it ended', async () => {
    expect(await bash('echo out; echo err >&2; pwd; exit 3')).toEqual({
      ended: 'exited',
      exitCode: 3,
      signal: null,
      timeLimitMs: DEFAULT_LIMITS.timeMs,
      stdout: { text: `out\n${folder.path}\n`, bytes: 5 + folder.path.length, cut: false },
      stderr: { text: 'err\n', bytes: 4, cut: false },
    });
  });

  it('gives the script the environment that it was asked for, and nothing to read', async () => {
    vi.stubEnv('GRADER_SECRET', 'geheim');
    const { stdout } = await bash('echo "[$GRADER_SECRET]"; cat; echo end');
    expect(stdout.text).toBe('[]\nend\n');
    vi.unstubAllEnvs();
  });

  it('tells the signal that ended it', async () => {
    expect(await bash('kill -SEGV $$')).toMatchObject({ ended: 'exited', exitCode: null, signal: 'SIGSEGV' });
  });

  it('stops it at the time limit, and keeps what it printed by then', async () => {
    const result = await bashUntilStopped('echo begun; while :; do :; done');
    expect(result).toMatchObject({ ended: 'timed out', exitCode: null });
    expect(result.stdout.text).toBe('begun\n');
  });

  it('stops one that ignores signals', async () => {
    const result = await bashUntilStopped("trap '' TERM INT HUP; echo begun; while :; do sleep 1; done");
    expect(result).toMatchObject({ ended: 'timed out', stdout: { text: 'begun\n' } });
  });

  it('keeps head and tail of a flood', async () => {
    const { stdout } = await bash('echo begin; seq 1 200000; echo end', { outputBytes: 1000 });
    expect(stdout.cut).toBe(true);
    expect(stdout.text).toMatch(/^begin\n1\n2\n.*bytes of output were cut here.*\n200000\nend\n$/s);
    expect(stdout.text.length).toBeLessThan(1100);
  });

  it.each([
    ['in the background', (loop: string) => `(${loop}) & ${untilScribbled()}; echo done`],
    [
      'that holds no pipe',
      (loop: string) => `(${loop}) >/dev/null 2>&1 </dev/null & ${untilScribbled()}; echo done`,
    ],
    [
      'in a session of its own',
      (loop: string) => `setsid bash -c "${loop}" & ${untilScribbled()}; echo done`,
    ],
    [
      'that nobody waits for',
      (loop: string) => `(setsid nohup bash -c "${loop}" >/dev/null 2>&1 &) ; ${untilScribbled()}; echo done`,
    ],
  ])('ends a child %s with the script', async (_, script) => {
    const { ended, exitCode, stdout } = await bash(script(scribble('file')));
    expect({ ended, exitCode, text: stdout.text }).toEqual({ ended: 'exited', exitCode: 0, text: 'done\n' });
    await expectSilence('file');
  });

  it('ends all that it started at the time limit', async () => {
    const loop = scribble('file');
    await bashUntilStopped(
      `setsid bash -c "${loop}" & ${untilScribbled()}; ${scribble('other')} & until [ -e '${path('other')}' ]; do sleep 0.02; done; echo begun; wait`,
    );
    await expectSilence('file');
    await expectSilence('other');
  });

  it('calls it a fault of the machine where a program is not there', async () => {
    const attempt = runProcess({
      command: ['no-such-program', 'x'],
      cwd: folder.path,
      env: { PATH: process.env.PATH ?? '' },
      folder: folder.path,
      limits: DEFAULT_LIMITS,
    });
    await expect(attempt).rejects.toThrow(InfrastructureError);
    await expect(attempt).rejects.toThrow('There is no no-such-program on this machine');
  });
});
