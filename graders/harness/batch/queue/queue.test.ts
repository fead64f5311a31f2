import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { PROJECT_ROOT } from '../../base/project.ts';
import { type CliResult, useCliFolder } from '../../testing/cli.ts';
import { eventually } from '../../testing/leftovers.ts';
import { useQueueServer } from '../../testing/queue-server.ts';
import { QUEUE_KEYS } from './grading-queue.ts';

const CHALLENGE = 'sessions/cantina';
const WHERE = ['--engine', 'local', '--sandbox', 'process'];
// A test starts up to ten commands.
vi.setConfig({ testTimeout: 180_000 });

const folder = useCliFolder();
const server = useQueueServer();

async function queueCommand(args: readonly string[], env: Record<string, string> = {}): Promise<CliResult> {
  const result = await folder.run(args, { env: { KEYSPACE_GRADER_QUEUE: server.url, ...env } });
  expect(result.stdout + result.stderr).not.toContain(server.password);
  return result;
}

const enqueue = (...args: string[]) =>
  queueCommand(['enqueue', CHALLENGE, '--submissions', 'class', '--out', 'graded', ...args]);
const work = (...args: string[]) => queueCommand(['worker', ...WHERE, '--once', ...args]);
const collect = (...args: string[]) => queueCommand(['collect', '--out', 'graded', ...args]);

/** How many wait, by the keys that KEDA counts. */
async function waiting(): Promise<number> {
  const [list, sorted] = await Promise.all([
    server.client.select(3).then(() => server.client.llen(QUEUE_KEYS.waiting)),
    server.client.zcard(QUEUE_KEYS.prioritized),
  ]);
  return list + sorted;
}

async function rows(): Promise<string[]> {
  const text = await readFile(join(folder.path, 'graded', 'journal.jsonl'), 'utf8');
  const records = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { submission: string; attempts: number; report: { status: string } });
  return records
    .map(({ submission, attempts, report }) => `${submission} ${report.status} ${attempts}`)
    .sort();
}

async function writeClass(): Promise<void> {
  const fixtures = join(PROJECT_ROOT, 'fixtures', CHALLENGE);
  await folder.write('class/ann/README.md', 'nothing yet');
  await folder.write(
    'class/ben/solution.valkey',
    await readFile(join(fixtures, 'pass', 'lua.valkey'), 'utf8'),
  );
  await folder.write('class/cleo/challenges/sessions/cantina/solution.sh', '. ./part.sh\n');
  await folder.write('class/cleo/challenges/sessions/cantina/part.sh', 'valkey-cli SET wrong 1\n');
}

describe('a class in a queue', () => {
  it('is graded, collected, and never put there twice', async () => {
    await writeClass();
    const first = await enqueue();
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/2 submissions put in the queue at 127/),
    });
    expect(first.stdout).toContain('1 with nothing to run');
    expect((await enqueue()).stdout).toMatch(/0 submissions put in .*\n {2}2 in it already/);
    expect(await collect('--no-wait')).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/2 submissions not graded yet/),
    });
    expect(await work()).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/2 submissions graded\.\n$/),
    });
    // Results are kept in the queue until they are on the collector's disk.
    expect((await enqueue()).stdout).toContain('2 in it already');
    expect(await collect()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 passed, 1 not yet, 1 not started'),
    });
    expect(await rows()).toEqual(['ann not started 1', 'ben passed 1', 'cleo failed 1']);
    expect(await readdir(join(folder.path, 'graded', 'evidence', CHALLENGE))).toEqual([
      'ben.json.gz',
      'cleo.json.gz',
    ]);
    expect((await enqueue()).stdout).toMatch(/0 submissions put in .*\n {2}3 graded before/);
    expect(await collect()).toMatchObject({ code: 0 });
    expect(await rows()).toHaveLength(3);
    expect((await server.client.keys('*')).filter((key) => /:[0-9a-f]{40}/.test(key))).toEqual([]);
  });

  it('holds the newest work of each, soonest what has the least priority', async () => {
    await writeClass();
    await enqueue('--priority', '7');
    await folder.write('class/cleo/challenges/sessions/cantina/solution.sh', 'echo another\n');
    expect((await enqueue('--priority', '5')).stdout).toMatch(/1 submission put in .*\n {2}1 in it already/);
    expect(await waiting()).toBe(2);
    const { stderr } = await work('--jobs', '1');
    expect(stderr).toMatch(/cleo .*\nben /);
    expect((await collect()).code).toBe(0);
  });

  it('waits for room', async () => {
    await writeClass();
    const enqueuing = queueCommand([
      'enqueue',
      CHALLENGE,
      '--submissions',
      'class',
      '--out',
      'graded',
      '--max-waiting',
      '1',
    ]);
    await eventually(async () => ((await waiting()) > 0 ? true : undefined));
    const [enqueued] = await Promise.all([enqueuing, work()]);
    expect(enqueued.code).toBe(0);
    await work();
    expect(await collect()).toMatchObject({ code: 0 });
  });
});

describe('the way of a submission', () => {
  it('is a store where it is too large for the queue', async () => {
    await writeClass();
    await folder.write('class/ben/noise.txt', randomBytes(6_000_000).toString('hex'));
    const refused = await enqueue();
    expect(refused).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /ben takes \d.* MiB as an archive, and the queue takes at most 4: .*--store/,
      ),
    });
    expect(refused.stdout).toContain('1 submission put in the queue');
    expect(await enqueue('--store', 'store')).toMatchObject({ code: 0 });
    // A worker that was told of no store leaves it to others.
    expect(await work()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/start it with --store\.\nThe job went back to the queue\.\n$/),
    });
    // One that was told of another store has a fault of ours, tried again where it was enqueued again.
    expect(await work('--store', 'class')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('cannot be read from the store'),
    });
    expect(await collect()).toMatchObject({ code: 3 });
    expect(await rows()).toContain('ben error 3');
    expect((await enqueue('--store', 'store')).stdout).toMatch(/1 submission put in/);
    expect(await work('--store', 'store')).toMatchObject({ code: 0 });
    expect(await collect()).toMatchObject({ code: 0 });
    expect(await rows()).toContain('ben passed 1');
  });

  it('is git, without the credentials of its remote', async () => {
    await writeClass();
    const origin = join(folder.path, 'origin');
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
        cwd,
        encoding: 'utf8',
      }).trim();
    await cp(join(folder.path, 'class', 'cleo'), origin, { recursive: true });
    git(origin, 'init', '--quiet');
    git(origin, 'add', '.');
    git(origin, 'commit', '--quiet', '-m', 'work');
    await rm(join(folder.path, 'class'), { recursive: true });
    git(folder.path, 'clone', '--quiet', `file://${origin}`, 'class/cleo');
    git(join(folder.path, 'class', 'cleo'), 'remote', 'set-url', 'origin', `file://me:geheim@${origin}`);
    expect(await enqueue('--send', 'git')).toMatchObject({ code: 0 });
    const [job = ''] = (await server.client.select(3).then(() => server.client.keys('*'))).filter((key) =>
      /:[0-9a-f]{40}$/.test(key),
    );
    const data = JSON.parse((await server.client.hget(job, 'data')) ?? '{}');
    expect(data.work).toEqual({
      by: 'git',
      url: `file://${origin}`,
      commit: git(origin, 'rev-parse', 'HEAD'),
      script: 'challenges/sessions/cantina/solution.sh',
    });
    expect(await work()).toMatchObject({ code: 0 });
    expect(await collect()).toMatchObject({ code: 0 });
    expect(await rows()).toEqual(['cleo failed 1']);
  });
});

describe('a worker', () => {
  it('leaves jobs for another version of a grader, and says so', async () => {
    await writeClass();
    const own = join(folder.path, 'own');
    await cp(join(PROJECT_ROOT, 'graders', `${CHALLENGE}.yaml`), join(own, 'graders', `${CHALLENGE}.yaml`));
    const file = `own/graders/${CHALLENGE}.yaml`;
    await folder.write(file, `${await readFile(join(folder.path, file), 'utf8')}\n# another\n`);
    expect(await enqueue('--challenges', 'own')).toMatchObject({ code: 0 });
    const before = await waiting();
    expect(await work()).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /The grader of sessions\/cantina is another one here than where .*\nInstall .*\nThe job went back/,
      ),
    });
    expect(await waiting()).toBe(before);
    expect(await work('--challenges', 'own')).toMatchObject({ code: 0 });
    expect(await collect()).toMatchObject({ code: 0 });
  });

  it('gives up a job over which its workers die, until it is enqueued again', async () => {
    await writeClass();
    await enqueue();
    await server.client.select(3);
    // What BullMQ writes into a job that stalled too often.
    for (const key of (await server.client.keys('*')).filter((name) => /:[0-9a-f]{40}$/.test(name)))
      await server.client.hset(key, 'defa', 'job stalled more than allowable limit');
    expect(await work()).toMatchObject({ code: 0 });
    expect(await collect()).toMatchObject({ code: 3, stdout: expect.stringContaining('2 not graded') });
    expect((await enqueue()).stdout).toContain('2 submissions put in the queue');
    await work();
    expect(await collect()).toMatchObject({ code: 0 });
    expect(await rows()).toContain('ben passed 1');
  });

  it.skipIf(process.platform === 'win32')(
    'ends what it is at when it is told to end, and leaves the rest',
    async () => {
      await folder.write('class/ann/solution.sh', `touch "${join(folder.path, 'mark')}"\nsleep 1\n`);
      await folder.write('class/ben/solution.sh', 'true\n');
      await enqueue();
      const result = await folder.run(['worker', ...WHERE, '--jobs', '1', '--queue', server.url], {
        started: (child) =>
          void eventually(async () => ((await folder.names()).includes('mark') ? true : undefined)).then(() =>
            child.kill('SIGTERM'),
          ),
      });
      expect(result).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/ann .*\n1 submission graded\.\n$/),
      });
      expect(await waiting()).toBe(1);
    },
  );
});
