import { beforeEach, describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { readDeniedCommands } from './denied-commands.ts';

const server = useServer();

beforeEach(async () => {
  await server.session.call('ACL', 'LOG', 'RESET');
});

describe('readDeniedCommands', () => {
  it('finds none where none was denied', async () => {
    await server.cli([], 'PING\nNO-SUCH-COMMAND\nGET\n');
    expect(await readDeniedCommands(server.session)).toEqual([]);
  });

  it('names what was denied, the first first, with how often', async () => {
    await server.cli([], 'CONFIG SET save ""\nSHUTDOWN NOSAVE\nCONFIG SET save ""\nREPLICAOF a 1\n');
    const denied = await readDeniedCommands(server.session);
    expect(new Map(denied.map(({ command, count }) => [command, count]))).toEqual(
      new Map([
        ['config|set', 2],
        ['shutdown', 1],
        ['replicaof', 1],
      ]),
    );
    expect(denied.at(-1)?.command).toBe('replicaof');
  });

  it('finds what a Lua script or a transaction was denied', async () => {
    await server.cli([], `EVAL "return server.call('LASTSAVE')" 0\nMULTI\nBGSAVE\nEXEC\n`);
    expect((await readDeniedCommands(server.session)).map(({ command }) => command).sort()).toEqual([
      'bgsave',
      'lastsave',
    ]);
  });

  it('leaves out a wrong password, and what others were denied', async () => {
    await server.session.call('ACL', 'SETUSER', 'other', 'on', '>secret', '+ping');
    await server.cli([], 'AUTH default wrong\nAUTH other secret\nGET a\n');
    expect(await readDeniedCommands(server.session)).toEqual([]);
  });
});
