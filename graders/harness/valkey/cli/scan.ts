import type { CommandConnection } from '../client/command-connection.ts';
import type { Reply } from '../client/reply.ts';
import type { CliOptions } from './options.ts';
import { toBuffers } from './words.ts';

/** The keys of the database as `--scan` lists them. Throws where the server refuses. */
export async function* scanKeys(
  connection: CommandConnection,
  { pattern, count }: CliOptions,
): AsyncGenerator<Reply> {
  const match = pattern === undefined ? [] : ['MATCH', pattern];
  const size = count === undefined ? [] : ['COUNT', String(count)];
  let cursor = '0';
  do {
    const reply = await connection.send(toBuffers(['SCAN', cursor, ...match, ...size]));
    if (reply.type === 'error') throw new Error(`ERROR: ${reply.value}`);
    const [next, page] = reply.type === 'array' ? reply.items : [];
    if (next?.type !== 'bulk' || page?.type !== 'array') throw new Error('Non ARRAY response from SCAN!');
    yield* page.items;
    cursor = next.value.toString();
  } while (cursor !== '0');
}
