import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../errors.ts';
import { useServer } from '../testing/server.ts';
import { CommandConnection } from '../valkey/command-connection.ts';
import { splitArguments } from '../valkey/quoting.ts';
import { BusyServerError, EndlessScriptError, GraderSession } from './grader-session.ts';

const server = useServer();
const doomed = useServer();
const crowded = useServer();

const ALLOWED = `
INFO; HELLO; COMMAND; COMMAND DOCS GET; SELECT 1; PING; ECHO a; RESET; TIME; DBSIZE; ACL WHOAMI; LOLWUT
CLIENT SETINFO LIB-NAME x; CLIENT SETNAME x; CLIENT ID; CLIENT INFO; CLIENT GETNAME; CLIENT TRACKING ON
SET a 1; GET a; DEL a; UNLINK a; EXPIRE a 1; PERSIST a; SCAN 0; KEYS *; RANDOMKEY; TYPE a; COPY a b; MOVE a 1
HSET a f v; LMOVE a b LEFT RIGHT; SADD a b; ZADD a 1 b; ZUNIONSTORE a 1 b; PFADD a b; PFCOUNT a; PFMERGE a b
SORT a; SORT_RO a; DUMP a; RESTORE a 0 x; OBJECT ENCODING a; OBJECT FREQ a; MEMORY USAGE a; WAIT 0 0
FLUSHDB; FLUSHALL; SWAPDB 0 1; MULTI; EXEC; DISCARD; WATCH a; UNWATCH
EVAL x 0; EVALSHA x 0; EVAL_RO x 0; SCRIPT LOAD x; SCRIPT EXISTS x; SCRIPT FLUSH; SCRIPT KILL
FUNCTION LOAD x; FUNCTION LIST; FUNCTION DELETE x; FCALL x 0; PUBLISH a b; SUBSCRIBE a; PSUBSCRIBE a; SPUBLISH a b
`;

const DENIED = `
CONFIG GET save; CONFIG SET save x; CONFIG RESETSTAT; CONFIG REWRITE; DEBUG SLEEP 1; SHUTDOWN; MONITOR
ACL LIST; ACL USERS; ACL GETUSER default; ACL SETUSER default; ACL DELUSER x; ACL LOG; ACL LOAD; ACL SAVE
SLAVEOF a 1; REPLICAOF a 1; FAILOVER; SYNC; PSYNC a 1; REPLCONF a b; ROLE; SAVE; BGSAVE; BGREWRITEAOF; LASTSAVE
CLIENT LIST; CLIENT KILL ID 1; CLIENT PAUSE 1; CLIENT UNPAUSE; CLIENT NO-EVICT ON; CLIENT UNBLOCK 1
MODULE LIST; MODULE LOAD x; SLOWLOG GET; LATENCY DOCTOR; CLUSTER RESET; PFDEBUG ENCODING a; PFSELFTEST
MIGRATE h 1 k 0 1
`;

const split = (table: string) => table.split(/[;\n]/).flatMap((command) => command.trim() || []);

describe('the learner’s rights', () => {
  const dryRun = (command: string) =>
    server.session.call('ACL', 'DRYRUN', 'default', ...splitArguments(command));

  it.each(split(ALLOWED))('allow %s', async (command) => {
    expect(await dryRun(command)).toBe('OK');
  });

  it.each(split(DENIED))('do not allow %s', async (command) => {
    expect(await dryRun(command)).toMatch(/has no permissions to run/);
  });

  it('are had without a password', async () => {
    expect(String(await server.cli([], 'SET a 1'))).toBe('OK\n');
  });
});

describe('GraderSession', () => {
  it('outranks the learner, whatever the learner does to its own connection', async () => {
    expect(await server.session.call('ACL', 'WHOAMI')).toBe(server.session.credentials.username);
    expect(await server.session.call('CONFIG', 'GET', 'save')).toEqual(['save', '']);
  });

  it('gives back many replies in one go, strings as buffers', async () => {
    const replies = await server.session.callAll([
      ['SET', 'binary', Buffer.from([0xff, 0])],
      ['GET', 'binary'],
      ['STRLEN', 'binary'],
      ['GET', 'nobody'],
    ]);
    expect(replies).toEqual([Buffer.from('OK'), Buffer.from([0xff, 0]), 2, null]);
    expect(await server.session.callAll([])).toEqual([]);
  });

  it('calls it a fault of ours where the server refuses a command of the grader', async () => {
    const attempt = server.session.callAll([['PING'], ['HSET', 'a']]);
    await expect(attempt).rejects.toThrow(InfrastructureError);
    await expect(attempt).rejects.toThrow(
      'The server refused the grader (HSET): ERR wrong number of arguments',
    );
    await expect(server.session.call('HSET')).rejects.toThrow(InfrastructureError);
  });

  it('calls it a fault of ours where there is no server', async () => {
    await expect(GraderSession.open({ host: '127.0.0.1', port: 1 })).rejects.toThrow(InfrastructureError);
  });

  it('tells the server’s clock and version', async () => {
    expect(Math.abs((await server.session.time()) - Date.now())).toBeLessThan(1000);
    const { name, version } = await server.session.version();
    expect(name).toBe('valkey');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

/** The last tests: they lock the learner out for good. */
describe('lockOutLearner', () => {
  it('ends a Lua script that does not end, and closes the connections that are still open', async () => {
    const { host, port } = server.address;
    const busy = await CommandConnection.open({ host, port });
    const waiting = await CommandConnection.open({ host, port });
    waiting.write(splitArguments('BLPOP nothing 0'));
    while (!String(await server.session.call('CLIENT', 'LIST')).includes('cmd=blpop'));
    busy.write(splitArguments('EVAL "while true do end" 0'));
    await server.session.lockOutLearner();
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
    await expect(doomed.session.lockOutLearner()).rejects.toThrow(EndlessScriptError);
    busy.close();
  });

  it('gives up a server that is kept busy by one Lua script after the other', async () => {
    const { host, port } = crowded.address;
    const busy = await CommandConnection.open({ host, port });
    for (let count = 0; count < 50; count += 1) busy.write(splitArguments('EVAL "while true do end" 0'));
    await expect(crowded.session.lockOutLearner()).rejects.toThrow(BusyServerError);
    busy.close();
  });
});
