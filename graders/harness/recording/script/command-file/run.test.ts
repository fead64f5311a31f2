import { describe, expect, it } from 'vitest';
import { textOf } from '../../../base/bytes.ts';
import { InfrastructureError } from '../../../base/errors.ts';
import { useServer } from '../../../testing/server.ts';
import { withTimeEnough } from '../../../testing/time-enough.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import { runCommandFile } from './run.ts';

const server = useServer();

function run(source: string, limits: Partial<typeof DEFAULT_LIMITS> = {}) {
  const name = 'solution.valkey';
  return runCommandFile({ name, source, address: server.address, limits: { ...DEFAULT_LIMITS, ...limits } });
}

/** HELLO tells the connection's number. */
function withoutId(text: string): string {
  return text.replace(/("id" => \(integer\)) \d+/, '$1');
}

describe('runCommandFile', () => {
  it('prints the replies as valkey-cli does on a terminal, and goes on after errors', async () => {
    const source = `
FLUSHALL
HSET session:han_solo username hsolo credits 10000
HGETALL session:han_solo
GET session:han_solo
NO-SUCH-COMMAND
MULTI
INCR n
EXEC
HELLO 3
HGETALL session:han_solo
ZADD z 1.5 a
ZSCORE z a`;
    const { process, replies } = await run(source);
    const theirs = (await server.cli(['--no-raw'], source)).toString();
    expect(withoutId(process.stdout.text)).toBe(withoutId(theirs));
    expect(process).toMatchObject({ ended: 'exited', exitCode: 0, signal: null, stderr: { text: '' } });
    expect(replies[1]).toEqual({
      line: 3,
      args: ['HSET', 'session:han_solo', 'username', 'hsolo', 'credits', '10000'],
      reply: '(integer) 2',
      error: false,
    });
    expect(replies.map(({ line, error }) => [line, error]).filter(([, error]) => error)).toEqual([
      [5, true],
      [6, true],
    ]);
  });

  it('goes on behind a line that cannot be read, as valkey-cli does, and tells it', async () => {
    const { process, replies } = await run('SET a 1\nSET b "2\n2 INCR a\nGET \u201ca\u201d');
    expect(process).toMatchObject({ ended: 'exited', exitCode: 1 });
    expect(process.stderr.text).toBe(
      'solution.valkey:2: the " is never closed\nsolution.valkey:4: \u201c is a typographic quote: only " and \' hold words together\n',
    );
    expect(replies.map(({ args, reply }) => [textOf(args[0]), reply])).toEqual([
      ['SET', 'OK'],
      ['INCR', '(integer) 2'],
      ['INCR', '(integer) 3'],
      ['GET', '(nil)'],
    ]);
  });

  it('keeps what a file shows as a reply where another one came', async () => {
    const { replies } = await run(
      '127.0.0.1:6379> HSET h a 1 b 2\n(integer) 2\n127.0.0.1:6379> HLEN h\n(integer) 5\n127.0.0.1:6379> HKEYS h\n1) "a"\n2) "c"\nDEL h\n',
    );
    expect(replies.map(({ reply, shown }) => [reply, shown])).toEqual([
      ['(integer) 2', undefined],
      ['(integer) 2', '(integer) 5'],
      ['1) "a"\n2) "b"', '1) "a"\n2) "c"'],
      ['(integer) 1', undefined],
    ]);
  });

  it.each(['quit', 'EXIT'])('ends at %s, as valkey-cli does', async (word) => {
    const { replies } = await run(`PING\n${word}\nGET a`);
    expect(replies.map(({ reply }) => reply)).toEqual(['PONG']);
  });

  it('does nothing where there is nothing to do', async () => {
    expect(await run('# TODO\n')).toMatchObject({ replies: [], process: { exitCode: 0 } });
  });

  it.each([
    ['RESP2', ''],
    ['RESP3', 'HELLO 3\n'],
  ])('reads as many answers as SUBSCRIBE gives (%s)', async (_, hello) => {
    const { replies } = await run(`${hello}SUBSCRIBE a b\nUNSUBSCRIBE a\nUNSUBSCRIBE b\nPING`);
    expect(replies.at(-1)).toMatchObject({ args: ['PING'], reply: 'PONG' });
    expect(replies.filter(({ args }) => args[0] === 'SUBSCRIBE')).toHaveLength(2);
  });

  it('does not take a message that comes in between for an answer', async () => {
    const { replies, process } = await run(
      'HELLO 3\nSUBSCRIBE alerts\nPUBLISH alerts "shots fired"\nECHO over',
    );
    expect(process.stdout.text).toContain('2) "alerts"\n3) "shots fired"\n');
    expect(replies.slice(-2)).toMatchObject([
      { line: 3, reply: '(integer) 1' },
      { line: 4, reply: '"over"' },
    ]);
  });

  it('does not wait for more answers where a subscription waits for EXEC, or is refused', async () => {
    const { replies, process } = await run('MULTI\nSUBSCRIBE a b\nDISCARD\nSUBSCRIBE\nPING');
    expect(process.ended).toBe('exited');
    expect(replies.map(({ reply }) => reply).slice(1, 3)).toEqual(['QUEUED', 'OK']);
    expect(replies.at(-1)?.reply).toBe('PONG');
  });

  it('stops at the time limit and keeps what was answered by then', async () => {
    const { process, replies } = await withTimeEnough(
      300,
      (timeMs) => run('SET a 1\nBLPOP nothing 0\nGET a', { timeMs }),
      (outcome) => outcome.replies.length > 0,
    );
    expect(process).toMatchObject({ ended: 'timed out', exitCode: null, stdout: { text: 'OK\n' } });
    expect(replies).toHaveLength(1);
  });

  it('keeps the head and the tail of what is printed beyond the limit', async () => {
    const { process } = await run('ECHO begin\nECHO xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nECHO end', {
      outputBytes: 20,
    });
    expect(process.stdout).toMatchObject({ cut: true, bytes: 49 });
    expect(process.stdout.text).toMatch(/^"begin"\n"x\n… 29 bytes of output were cut here …\nxx"\n"end"\n$/);
  });

  it('says where a reply was cut', async () => {
    const { replies } = await run(`EVAL "return string.rep('x', 70000)" 0`);
    expect(replies[0]?.reply).toMatch(/^"x{65535}… \(70002 bytes in all\)$/);
  });

  it('reads of a large reply what evidence keeps, counts the rest, and goes on behind it', async () => {
    const { process, replies } = await run(
      `SETRANGE large 9999999 x\nGET large\nEVAL "local t = {} for i = 1, 1000 do t = { t } end return t" 0\nECHO end\nDEL large`,
    );
    expect(replies[1]).toMatchObject({ length: expect.any(Number), error: false });
    expect(replies[1]?.length).toBeGreaterThan(9_999_999);
    expect(replies[1]?.reply.length).toBeLessThan(70_000);
    expect(replies[2]?.reply).toMatch(/ bytes of this reply were cut here …/);
    expect(replies.at(-2)).toMatchObject({ line: 4, reply: '"end"' });
    expect(process.stdout.cut).toBe(true);
    expect(process.stdout.bytes).toBeGreaterThan(9_999_999);
    expect(process.stdout.text.length).toBeLessThan(1_100_000);
  });

  it('tells the line at which the server closed the connection', async () => {
    const running = run('PING\nBLPOP nothing 0\nGET a');
    while (!String(await server.session.call('CLIENT', 'LIST')).includes('cmd=blpop'));
    await server.session.call('CLIENT', 'KILL', 'USER', 'default');
    const { process } = await running;
    expect(process).toMatchObject({ ended: 'exited', exitCode: 1, stdout: { text: 'PONG\n' } });
    expect(process.stderr.text).toBe('solution.valkey:2: Server closed the connection\n');
  });

  it('calls a server that cannot be reached a fault of ours', async () => {
    const address = { host: '127.0.0.1', port: 1 };
    const request = { name: 'x.valkey', source: 'PING', address, limits: DEFAULT_LIMITS };
    await expect(runCommandFile(request)).rejects.toThrow(InfrastructureError);
  });
});
