import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPrivateTmp } from './confinement.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { makePrivateTmp } from './private-tmp.ts';
import { runProcess } from './run-process.ts';

const isPossible = await hasPrivateTmp();
let folder = '';
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'private-tmp-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a shell prints that sees a `/tmp` of its own. */
async function print(text: string): Promise<string> {
  runs += 1;
  const tmp = await makePrivateTmp(join(folder, `tmp-${runs}`), [folder]);
  // A run has a folder of its own: when it ends, whatever works in that folder ends with it.
  const own = await mkdtemp(join(folder, 'run-'));
  const env = { PATH: String(process.env.PATH) };
  const command: [string, ...string[]] = ['/bin/sh', '-c', text];
  const { stdout, stderr } = await runProcess({
    command,
    cwd: folder,
    env,
    folder: own,
    limits: DEFAULT_LIMITS,
    tmp,
  });
  return stdout.text + stderr.text;
}

describe.skipIf(!isPossible)('a /tmp of its own', () => {
  it('is empty, and nobody else sees what is written there', async () => {
    const name = `seen-by-one-${process.pid}`;
    const both = await Promise.all(
      [1, 2].map(() => print(`echo $$ >> /tmp/${name}; sleep 0.1; wc -l < /tmp/${name}`)),
    );
    expect(both.map((text) => text.trim())).toEqual(['1', '1']);
    expect(existsSync(join('/tmp', name))).toBe(false);
    expect(await print(`ls /tmp/${name}`)).toContain('No such file');
  });

  it('shows what the run needs of the shared one, and writes through to it', async () => {
    expect(await print(`pwd; touch ${join(folder, 'through')}`)).toBe(`${folder}\n`);
    expect(await readdir(folder)).toContain('through');
  });

  it('gives a script no right to undo it', async () => {
    if (process.getuid?.() === 0) return;
    expect(await print('grep CapEff /proc/self/status')).toMatch(/0{16}/);
  });

  it('gives on how the command ended', async () => {
    const tmp = await makePrivateTmp(join(folder, 'ended'), [folder]);
    const request = { cwd: folder, env: {}, folder, limits: DEFAULT_LIMITS, tmp };
    expect(await runProcess({ ...request, command: ['/bin/sh', '-c', 'exit 7'] })).toMatchObject({
      exitCode: 7,
    });
  });
});
