import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useCliFolder } from '../../testing/cli.ts';
import { useQueueServer } from '../../testing/queue-server.ts';

const CHALLENGE = 'sessions/cantina';
const folder = useCliFolder();
const server = useQueueServer();

const run = (...args: string[]) => folder.run(args, { env: { KEYSPACE_GRADER_QUEUE: server.url } });
const enqueue = (...args: string[]) =>
  run('enqueue', CHALLENGE, '--submissions', 'class', '--out', 'graded', ...args);
const work = (...args: string[]) =>
  run('worker', '--engine', 'local', '--sandbox', 'process', '--once', '--jobs', '1', ...args);
const collect = () => run('collect', '--out', 'graded');

/** Who was graded, and how, in the order of their names. */
async function outcomes(): Promise<string[]> {
  const text = await readFile(join(folder.path, 'graded', 'journal.jsonl'), 'utf8');
  const records = text
    .trim()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { submission: string; report: { status: string; fault: string | null } },
    );
  return records
    .map(({ submission, report: { status, fault } }) => `${submission} ${status} ${fault ?? ''}`.trim())
    .sort();
}

it('a worker sets aside what it does not know or cannot read, and goes on', {
  timeout: 180_000,
}, async () => {
  for (const name of ['ann', 'ben', 'cleo', 'dora'])
    await folder.write(`class/${name}/solution.valkey`, `ECHO ${name}\n`);
  await enqueue('--retries', '0');
  await server.client.select(3);
  for (const key of (await server.client.keys('*')).filter((name) => /:[0-9a-f]{40}$/.test(name))) {
    const data = JSON.parse((await server.client.hget(key, 'data')) ?? '{}') as Record<string, unknown>;
    const { submission } = data;
    if (submission === 'ben') data.challenge = 'sessions/no-such';
    if (submission === 'cleo') delete data.grader;
    await server.client.hset(key, 'data', submission === 'dora' ? '{broken' : JSON.stringify(data));
  }
  const worked = await work();
  expect(worked).toMatchObject({ code: 0, stderr: expect.stringMatching(/\n1 submission graded\.\n$/) });
  expect(worked.stderr).toContain(
    'Set aside: ben sessions/no-such. There is no challenge named "sessions/no-such".\n',
  );
  const unreadable = 'the job cannot be read: it is broken, or of another version';
  expect(worked.stderr.split(`Set aside: ${unreadable}`)).toHaveLength(3);
  expect(await collect()).toMatchObject({ code: 3, stdout: expect.stringContaining('3 not graded') });
  expect(await outcomes()).toEqual([
    'ann failed',
    'ben error No worker could grade it: There is no challenge named "sessions/no-such".',
    `cleo error No worker could grade it: ${unreadable}`,
    `dora error No worker could grade it: ${unreadable}`,
  ]);
  // Once more, as it should be.
  expect((await enqueue()).stdout).toContain('3 submissions put in the queue');
  expect(await work()).toMatchObject({ code: 0 });
  expect(await collect()).toMatchObject({ code: 0 });
});
