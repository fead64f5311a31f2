import { mkdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ownerToken } from '../../base/owner.ts';
import { at, CHALLENGE, occupy, writeClass } from '../../testing/batch.ts';
import { useCliFolder } from '../../testing/cli.ts';
import { useQueueServer } from '../../testing/queue-server.ts';

const folder = useCliFolder();
const server = useQueueServer();

const enqueue = () =>
  folder.run(['enqueue', CHALLENGE, '--submissions', 'class/{id}', '--out', 'graded', '--queue', server.url]);
const collect = () => folder.run(['collect', '--no-wait', '--out', 'graded', '--queue', server.url]);

it('lets one process enqueue a batch while another collects it, and no two do the same', async () => {
  await writeClass(folder, 1);
  const graded = at(folder, 'graded');
  await mkdir(graded);
  await occupy(graded, ownerToken(), 'results');
  expect(await enqueue()).toMatchObject({ code: 0 });
  const inUse = { code: 2, stderr: expect.stringContaining('graded is in use') };
  expect(await collect()).toMatchObject(inUse);
  await occupy(graded, ownerToken(), 'manifest');
  expect(await enqueue()).toMatchObject(inUse);
});
