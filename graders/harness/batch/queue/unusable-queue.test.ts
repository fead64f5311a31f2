import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../../testing/cli.ts';
import { useQueueServer } from '../../testing/queue-server.ts';

const WORKER = ['worker', '--engine', 'local', '--sandbox', 'process'];
const folder = useCliFolder();
const server = useQueueServer();

describe('a queue that cannot be used', () => {
  it.each([
    [
      'nothing there',
      { KEYSPACE_GRADER_QUEUE: 'valkey://:not-to-be-seen@127.0.0.1:1' },
      3,
      /127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/,
    ],
    [
      'no address',
      { KEYSPACE_GRADER_QUEUE: 'not-to-be-seen@nowhere' },
      2,
      /The address of the queue is none/,
    ],
  ])('is told: %s', async (_, env, code, message) => {
    const result = await folder.run(WORKER, { env });
    expect(result).toMatchObject({ code, stderr: expect.stringMatching(message) });
    expect(result.stderr).not.toContain('not-to-be-seen');
  });

  it('is told: a wrong password', async () => {
    const env = { KEYSPACE_GRADER_QUEUE: server.url.replace(server.password, 'wrong-one') };
    const result = await folder.run(WORKER, { env });
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('WRONGPASS') });
    expect(result.stderr).not.toContain('wrong-one');
  });

  it('is told: a batch that nobody enqueued', async () => {
    const env = { KEYSPACE_GRADER_QUEUE: server.url };
    const result = await folder.run(['collect', '--out', 'graded'], { env });
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('holds no batch') });
  });
});
