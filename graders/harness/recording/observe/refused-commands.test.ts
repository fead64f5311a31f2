import { expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { countRefusals, refusedSince } from './refused-commands.ts';

const server = useServer();

it('tells of the commands that the server refused, in transactions and Lua scripts, too', async () => {
  await server.cli([], 'LPUSH list a\nHSET list f v\n');
  const before = await countRefusals(server.session);
  expect(await refusedSince(before, server.session)).toEqual([]);
  await server.cli(
    [],
    [
      'HSET list f v',
      'HSET list f',
      'MULTI',
      'LMOVE list other LEFT SIDEWAYS',
      'EXEC',
      `EVAL "server.pcall('INCR', 'list') return 1" 0`,
      'CONFIG GET maxmemory',
      'LPUSH list b',
    ].join('\n'),
  );
  expect(await refusedSince(before, server.session)).toEqual([
    { command: 'config|get', rejected: 1, failed: 0 },
    { command: 'hset', rejected: 1, failed: 1 },
    { command: 'incr', rejected: 0, failed: 1 },
    { command: 'lmove', rejected: 0, failed: 1 },
  ]);
});
