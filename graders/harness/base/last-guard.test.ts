import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Runs a program under the guard, which says so when it cleans up. */
function run(work: string): Promise<{ code: unknown; stderr: string }> {
  const at = (name: string) => JSON.stringify(join(import.meta.dirname, name));
  const program = `
    const { guardProcess } = await import(${at('last-guard.ts')});
    const { trackCleanup } = await import(${at('cleanup.ts')});
    trackCleanup(async () => process.stderr.write('cleaned up\\n'));
    const done = guardProcess();
    ${work}`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { env: { ...process.env, DEBUG: '' } },
      (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }),
    );
  });
}

it.each([
  [
    'an error in the background',
    "setTimeout(() => { throw new Error('lost'); }); await new Promise(() => setInterval(() => {}, 1000));",
    'lost',
  ],
  [
    'a rejection that nobody handles',
    "Promise.reject(new Error('lost')); await new Promise(() => setInterval(() => {}, 1000));",
    'lost',
  ],
  ['what never comes', 'await new Promise(() => undefined);', 'what was waited for never came'],
])('ends with one message, a clean-up and exit code 3: %s', async (_what, work, message) => {
  expect(await run(work)).toEqual({
    code: 3,
    stderr: `keyspace-grader: ${message}\nThis is a fault of the grader. Set DEBUG=1 to see where it happened.\ncleaned up\n`,
  });
});

it('leaves alone what has come to its end', async () => {
  expect(await run('done();')).toEqual({ code: 0, stderr: '' });
});
