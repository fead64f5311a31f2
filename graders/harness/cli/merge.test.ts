import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { layout } from '../batch/layout.ts';
import { readManifest } from '../batch/manifest.ts';
import { at, batchCall, CHALLENGE, comparableResults, readRecords, writeClass } from '../testing/batch.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder('file');
const merge = (...shards: string[]) => folder.run(['merge', ...shards, '--out', 'merged']);
const shards = ['shard-1', 'shard-2'];

async function grade(out: string, ...options: string[]): Promise<void> {
  expect((await folder.run(batchCall(out, ...options))).code).toBe(0);
}

beforeAll(async () => {
  await writeClass(folder, 7);
  for (const [index, name] of shards.entries()) await grade(name, '--shard', `${index + 1}/2`);
  for (const name of ['class', ...shards])
    await cp(at(folder, name), at(folder, 'graded', name), { recursive: true });
});

// Each test finds two shards of the class as they were graded.
beforeEach(async () => {
  for (const name of await folder.names())
    if (name !== 'graded') await rm(at(folder, name), { recursive: true });
  await cp(at(folder, 'graded'), folder.path, { recursive: true });
});

describe('merge', () => {
  it('makes of shards what one machine would have made', async () => {
    await grade('whole');
    const { code, stdout, stderr } = await merge(...shards.toReversed());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('  2 shards, 7 submissions\n');
    expect(await comparableResults(at(folder, 'merged'))).toEqual(
      await comparableResults(at(folder, 'whole')),
    );
    expect(await readManifest(at(folder, 'merged'))).toEqual(await readManifest(at(folder, 'whole')));
    // With all that is needed to judge again, and to go on.
    expect((await folder.run(['regrade', 'merged'])).stdout).toContain(
      '7 submissions judged again: 0 gained, 0 lost',
    );
    expect((await folder.run(batchCall('merged'))).stderr).toBe('7 submissions had been graded before.\n');
  });

  it('tells what is not graded yet, and is done again once that is', async () => {
    const { journal } = layout(at(folder, 'shard-2'));
    const whole = await readFile(journal, 'utf8');
    await writeFile(journal, whole.replace(/[^\n]*\n$/, ''));
    const first = await merge(...shards);
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('2 shards, 7 submissions, 1 not graded yet');
    expect((await folder.run(batchCall('shard-2', '--shard', '2/2'))).code).toBe(0);
    expect(await merge(...shards)).toMatchObject({ code: 0, stderr: '' });
    expect([...(await readRecords(at(folder, 'merged'))).times.values()]).toEqual(Array(7).fill(1));
  });

  it.each([
    ['missing', () => merge('shard-1'), /Missing: shard 2\/2\./],
    [
      'there twice',
      () => merge('shard-1', 'shard-2', 'shard-1'),
      /shard 1\/2 is there twice: shard-1 and shard-1/,
    ],
    ['no batch', () => merge('shard-1', 'class'), /class holds no batch/],
    ['the target', () => merge('shard-1', 'merged'), /merged holds a shard itself/],
  ])('refuses a shard that is %s', async (_, call, message) => {
    const { code, stderr } = await call();
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(await folder.names()).not.toContain('merged');
  });

  it('refuses a shard of another version', async () => {
    const file = layout(at(folder, 'shard-2')).manifest;
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"grader": "[^"]*"/, '"grader": "0.0.1"'));
    expect(await merge(...shards)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/shard-2 has another version of the grader than shard-1: 0\.0\.1, not /),
    });
    await writeFile(file, text.replace(/^ {2}"version": 1/m, '  "version": 7'));
    expect((await merge(...shards)).stderr).toMatch(/is of version 7, and only 1 can be read/);
  });

  it('leaves another batch as it is that is in its folder', async () => {
    await rm(at(folder, 'class', 's001'), { recursive: true });
    await folder.run(batchCall('merged'));
    const names = layout(at(folder, 'merged'));
    const read = () => Promise.all([names.manifest, names.journal].map((file) => readFile(file, 'utf8')));
    const before = await read();
    expect(await merge(...shards)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('merged holds another batch already. Name a new folder for --out.'),
    });
    expect(await read()).toEqual(before);
  });

  it('says so where the evidence of a shard is gone', async () => {
    const shard = at(folder, 'shard-1');
    await rm(join(shard, layout(shard).evidence(CHALLENGE, 's001')));
    const { code, stderr } = await merge(...shards);
    expect(code).toBe(3);
    expect(stderr).toMatch(/The evidence shard-1.*s001\.json\.gz cannot be copied: there is no such file/);
  });
});
