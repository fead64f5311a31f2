import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { BusyServerError, EndlessScriptError, lockOutLearner } from './lock-out.ts';

const server = useServer();
const doomed = useServer();
const crowded = useServer();

describe('lockOutLearner', () => {
  it('ends a Lua script that does not end, and closes the connections that are still open', async () => {
    const { host, port } = server.address;
    const busy = await CommandConnection.open({ host, port });
    const waiting = await CommandConnection.open({ host, port });
    waiting.write(splitArguments('BLPOP nothing 0'));
    while (!String(await server.session.call('CLIENT', 'LIST')).includes('cmd=blpop'));
    busy.write(splitArguments('EVAL "while true do end" 0'));
    await lockOutLearner(server.session, server.running);
    expect(await busy.read()).toMatchObject({ type: 'error', value: expect.stringContaining('killed') });
    await expect(waiting.read()).rejects.toThrow('closed');
    await expect(busy.read()).rejects.toThrow('closed');
    expect(String(await server.session.call('CLIENT', 'LIST'))).not.toContain('user=default');
  });

  it('lets nobody in any more', async () => {
    await expect(server.cli([], 'SET a 1')).resolves.toEqual(
      Buffer.from('NOAUTH Authentication required.\n\n'),
    );
  });

  it('says so where a Lua script cannot be ended, since it has written', async () => {
    const { host, port } = doomed.address;
    const busy = await CommandConnection.open({ host, port });
    busy.write(splitArguments(`EVAL "server.call('SET', 'a', 1) while true do end" 0`));
    await expect(lockOutLearner(doomed.session, doomed.running)).rejects.toThrow(EndlessScriptError);
    busy.close();
  });

  it('gives up a server that is kept busy by one Lua script after the other', async () => {
    const { host, port } = crowded.address;
    const busy = await CommandConnection.open({ host, port });
    for (let count = 0; count < 50; count += 1) busy.write(splitArguments('EVAL "while true do end" 0'));
    await expect(lockOutLearner(crowded.session, crowded.running)).rejects.toThrow(BusyServerError);
    busy.close();
  });
});
