import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeScratchFolder } from './scratch-folder.ts';
import { endStrayProcesses, SCRATCH_VARIABLE } from './stray-processes.ts';

const started: ChildProcess[] = [];

/** Starts something that lives on by itself: in a session of its own, as a daemon is. */
function start(command: string, options: { cwd?: string; folder?: string } = {}): ChildProcess {
  const { cwd = '/', folder } = options;
  const child = spawn('sh', ['-c', command], {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, ...(folder && { [SCRATCH_VARIABLE]: folder }) },
  });
  started.push(child);
  return child;
}

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

// Where there is no /proc (macOS), nothing can be found.
describe.runIf(process.platform === 'linux')('endStrayProcesses', () => {
  it.each([
    ['is marked with the folder', async (folder: string) => start('exec sleep 60', { folder })],
    ['works in the folder', async (folder: string) => start('exec sleep 60', { cwd: folder })],
    [
      'works deep in the folder',
      async (folder: string) => {
        await mkdir(join(folder, 'a/b'), { recursive: true });
        return start('exec sleep 60', { cwd: join(folder, 'a/b') });
      },
    ],
  ])('ends a process that %s', async (_, begin) => {
    const folder = await makeScratchFolder();
    const child = await begin(folder.path);
    await once(child, 'spawn');
    await endStrayProcesses([folder.path]);
    expect(await exit(child)).toBe('SIGKILL');
    await folder.remove();
  });

  it('ends what it started in turn, in whatever process group', async () => {
    const folder = await makeScratchFolder();
    const child = start('setsid sh -c "echo child; exec sleep 60" & echo parent; wait', {
      folder: folder.path,
    });
    let output = '';
    for await (const chunk of child.stdout ?? []) {
      output += String(chunk);
      if (output.includes('child') && output.includes('parent')) break;
    }
    const closed = once(child, 'close');
    await endStrayProcesses([folder.path]);
    // The pipe closes when the last process that holds it is gone.
    await closed;
    await folder.remove();
  });

  it('leaves all others alone', async () => {
    const folder = await makeScratchFolder();
    const others = [start('exec sleep 60'), start('exec sleep 60', { folder: `${folder.path}2` })];
    await Promise.all(others.map((child) => once(child, 'spawn')));
    await endStrayProcesses([folder.path]);
    await endStrayProcesses([]);
    for (const { exitCode, signalCode } of others) expect([exitCode, signalCode]).toEqual([null, null]);
    await folder.remove();
  });
});

async function exit(child: ChildProcess): Promise<string | null> {
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  return child.signalCode;
}
