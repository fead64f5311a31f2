import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanUpLater, runCleanups, trackCleanup } from './cleanup.ts';

describe('trackCleanup', () => {
  it('does the work once, however often it is asked', async () => {
    let count = 0;
    const cleanup = trackCleanup(async () => {
      count += 1;
    });
    await Promise.all([cleanup(), cleanup()]);
    await cleanup();
    expect(await runCleanups()).toEqual([]);
    expect(count).toBe(1);
  });

  it('tells who asks what failed', async () => {
    const cleanup = trackCleanup(() => Promise.reject(new Error('stuck')));
    await expect(cleanup()).rejects.toThrow('stuck');
    expect(await runCleanups()).toEqual([]);
  });
});

describe('runCleanups', () => {
  it('begins with the last, does all whatever fails, and says once what failed', async () => {
    const done: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      trackCleanup(async () => {
        done.push(name);
        if (name !== 'first') throw new Error('stuck');
      });
    }
    expect(await runCleanups()).toEqual(['stuck']);
    expect(done).toEqual(['third', 'second', 'first']);
    expect(await runCleanups()).toEqual([]);
  });

  it('waits for what was begun before', async () => {
    let done = false;
    cleanUpLater(
      trackCleanup(async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        done = true;
      }),
    );
    expect(await runCleanups()).toEqual([]);
    expect(done).toBe(true);
  });

  it('does not wait for what somebody else finishes, nor is kept alive by it', async () => {
    let finish: () => void = () => undefined;
    const told: string[] = [];
    const cleanup = trackCleanup(async (handOver) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      handOver(() => told.push('let go'));
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      told.push('done');
    });
    cleanUpLater(cleanup);
    expect(await runCleanups()).toEqual([]);
    expect(told).toEqual(['let go']);
    finish();
    await cleanup();
    expect(told).toEqual(['let go', 'done']);
    expect(await runCleanups()).toEqual([]);
    expect(told).toEqual(['let go', 'done']);
  });

  it('tells what failed after it was handed over, to who is still there', async () => {
    const cleanup = trackCleanup(async (handOver) => {
      handOver(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 10));
      throw new Error('refused');
    });
    expect(await runCleanups()).toEqual([]);
    await expect(cleanup()).rejects.toThrow('refused');
  });

  it('tells what failed in the background', async () => {
    cleanUpLater(trackCleanup(() => Promise.reject(new Error('lost'))));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await runCleanups()).toEqual(['lost']);
  });
});

describe('cleanUpOnSignals', () => {
  /** A process that waits for a signal, with a cleanup that says so, and one that fails. */
  function start(cleanup: string) {
    const program = `
      import { cleanUpOnSignals, trackCleanup } from ${JSON.stringify(join(import.meta.dirname, 'cleanup.ts'))};
      cleanUpOnSignals();
      trackCleanup(async () => { ${cleanup} });
      setInterval(() => undefined, 1000);
      console.log('ready');`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += String(chunk);
    });
    /** What it prints next. Fails where it has ended. */
    const nextOutput = async () => {
      await Promise.race([
        once(child.stdout, 'data'),
        once(child, 'close').then(() => expect.fail(output.stderr)),
      ]);
    };
    return { child, output, nextOutput };
  }

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)('cleans up at %s and ends with %i', async (signal, code) => {
    const { child, output, nextOutput } = start("console.log('cleaned'); throw new Error('not all');");
    await nextOutput();
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(output.stdout).toBe('ready\ncleaned\n');
    expect(output.stderr).toBe('keyspace-grader: clean-up: not all\n');
  });

  it('ends at once at a second signal', async () => {
    const { child, nextOutput } = start("console.log('cleaning'); await new Promise(() => undefined);");
    await nextOutput();
    child.kill('SIGTERM');
    await nextOutput();
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });
});
