import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { READING } from './reading-commands.ts';

const server = useServer();

describe('the commands that read', () => {
  it('leave alone what they read, as the server has it', async () => {
    const names = [...READING];
    const infos = await server.session.callAll([['COMMAND', 'INFO', ...names]]);
    const wrong = (infos[0] as ([string, number, unknown[]] | null)[]).flatMap((info, index) =>
      info && !info[2].map(String).includes('readonly') ? [names[index]] : [],
    );
    expect(wrong).toEqual([]);
  });
});
