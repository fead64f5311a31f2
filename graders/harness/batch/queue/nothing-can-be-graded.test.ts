import { expect, it } from 'vitest';
import { writeClass } from '../../testing/batch.ts';
import { useCliFolder } from '../../testing/cli.ts';
import { useQueueServer } from '../../testing/queue-server.ts';

const folder = useCliFolder();
const server = useQueueServer();

it('a worker ends where nothing can be graded, and does not take the attempts of all', async () => {
  await writeClass(folder, 5);
  const run = (...args: string[]) => folder.run(args, { env: { KEYSPACE_GRADER_QUEUE: server.url } });
  const batch = ['--submissions', 'class', '--out', 'graded', '--store', 'store', '--retries', '10'];
  expect(await run('enqueue', 'sessions/cantina', ...batch)).toMatchObject({ code: 0 });
  const worker = ['worker', '--engine', 'local', '--sandbox', 'process', '--once', '--jobs', '1'];
  expect(await run(...worker, '--store', 'class')).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(
      /5 faults in a row, with as many submissions: .*\nThe submission cannot be read from the store/,
    ),
  });
  expect(await run(...worker, '--store', 'store')).toMatchObject({ code: 0 });
  expect(await run('collect', '--out', 'graded')).toMatchObject({ code: 0 });
});
