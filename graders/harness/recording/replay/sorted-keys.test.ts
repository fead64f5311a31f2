import { describe, expect, it } from 'vitest';
import { textOf } from '../../base/bytes.ts';
import { replayOfCommands } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();
const SETUP = ['RPUSH names a b', 'MSET n:a 1 n:b 2 o:a 3', 'HSET h:a f 1'];

async function usesOf(...commands: string[]): Promise<string[]> {
  const { replay } = await replayOfCommands(server, SETUP, commands);
  return replay.steps.flatMap(({ keys = [] }) =>
    keys.map(({ key, use, command = 0 }) => `${command} ${use} ${textOf(key)}`),
  );
}

describe('the keys that SORT looks at for its patterns', () => {
  it('are read for GET, and asked for BY', async () => {
    expect(await usesOf('SORT names BY n:* GET # GET o:* GET h:*->f')).toEqual([
      '0 read names',
      '0 ask n:a',
      '0 ask n:b',
      '0 read o:a',
      '0 read o:b',
      '0 read h:a',
      '0 read h:b',
    ]);
  });

  it('are none without a pattern', async () => {
    expect(await usesOf('SORT names BY nosort LIMIT 0 1')).toEqual(['0 read names']);
  });

  it('go by what was pushed right before', async () => {
    expect(await usesOf('RPUSH names c', 'SORT names ALPHA GET n:*')).toContain('0 read n:c');
    expect(await usesOf('MULTI', 'RPUSH more b', 'SORT more ALPHA GET n:*', 'EXEC')).toContain('1 read n:b');
  });
});
