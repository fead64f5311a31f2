import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import type { Trace } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { tracedCommand } from '../../judging/checks/traced-command.ts';
import { useServer } from '../../testing/server.ts';
import { withTimeEnough } from '../../testing/time-enough.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { TraceRecorder } from './trace-recorder.ts';

const server = useServer();

/** The trace of what a learner does over a connection of its own. */
async function traceOf(work: (connection: CommandConnection) => Promise<void>): Promise<Trace> {
  const { host, port } = server.address;
  const recorder = await TraceRecorder.start(server.address, server.session);
  const connection = await CommandConnection.open({ host, port });
  await work(connection);
  connection.close();
  return recorder.finish(server.session);
}

async function traceOfCommands(...commands: string[]): Promise<Trace> {
  return traceOf(async (connection) => {
    for (const command of commands) await connection.send(splitArguments(command));
  });
}

describe('TraceRecorder', () => {
  it('records what ran, in order, with database, source and time by the server’s clock', async () => {
    const before = await server.session.time();
    const { entries, total } = await traceOfCommands('SET a 1', 'SELECT 3', 'hset H f "v w"', 'GET nobody');
    const after = await server.session.time();
    expect(total).toBe(4);
    expect(entries.map(({ db, args }) => [db, ...args])).toEqual([
      [0, 'SET', 'a', '1'],
      [3, 'SELECT', '3'],
      [3, 'hset', 'H', 'f', 'v w'],
      [3, 'GET', 'nobody'],
    ]);
    for (const { at, source, line } of entries) {
      expect(at).toBeGreaterThanOrEqual(before * 1000);
      expect(at).toBeLessThanOrEqual((after + 1) * 1000);
      expect(source).toMatch(/^127\.0\.0\.1:\d+$/);
      expect(line).toBeNull();
    }
  });

  it('records nothing of the grader’s own, nor what the server refused', async () => {
    const { entries, total } = await traceOfCommands('HSET a', 'NO-SUCH x', 'CONFIG GET save', 'PING');
    expect(entries.map(({ args }) => args)).toEqual([['PING']]);
    expect(total).toBe(1);
  });

  it('records a transaction and a Lua script in the order in which they ran', async () => {
    const script = "return {server.call('INCR', KEYS[1]), redis.call('GET', KEYS[1])}";
    const trace = await traceOfCommands('MULTI', 'SET a 1', 'INCR a', 'EXEC', `EVAL "${script}" 1 a`);
    const commands = trace.entries.map(tracedCommand);
    expect(commands.map(({ name, lua }) => (lua ? `lua ${name}` : name))).toEqual([
      'MULTI',
      'SET',
      'INCR',
      'EXEC',
      'EVAL',
      'lua INCR',
      'lua GET',
    ]);
    expect(commands[4]?.args).toEqual([script, '1', 'a']);
  });

  it.each([
    [
      'every byte but those that old versions do not escape',
      [...Array(256).keys()].filter((b) => b !== 34 && b !== 92),
    ],
    ['quotes in a text', [...Buffer.from('say "hi" to "Yondu"')]],
    ['JSON', [...Buffer.from('{"name":"Yondu\'s crew","list":["a", "b"],"empty":""}')]],
    ['a pattern', [...Buffer.from('\\d+\\.\\d+')]],
    ['nothing', []],
  ])('records %s', async (_, octets) => {
    const value = Buffer.from(octets);
    const { entries } = await traceOf(async (connection) => {
      await connection.send([Buffer.from('SET'), Buffer.from('a'), value, Buffer.from('KEEPTTL')]);
    });
    expect(entries[0]?.args[3]).toBe('KEEPTTL');
    expect(entries[0]?.args[2]).toEqual(
      octets.length > 100 ? { base64: value.toString('base64') } : value.toString(),
    );
  });

  const COMMENT = `-- ${'so that the text is longer than what the server logs of it '.repeat(3)}`;
  it.each([
    ['a quoted space', ['SET', 'k" "1', 'say "a" "b"']],
    ['what looks like an escape', ['SET', 'k', '\\n\n\\x41\\xff']],
    ['a long value with a quoted space', ['SET', 'k', `${COMMENT}" "${COMMENT}`]],
    [
      'a script with a quoted space',
      ['EVAL', `${COMMENT}\nreturn KEYS[1] .. " " .. ARGV[1]`, '1', 'a" "1', 'b\\n'],
    ],
    [
      'a script with both kinds of line ends',
      ['EVAL', `${COMMENT}\nlocal a = "x\\n" .. '\\t'\nreturn a`, '0'],
    ],
    ['a loaded script', ['SCRIPT', 'LOAD', `${COMMENT}\nreturn "\\n" .. " " .. "\\n"`]],
    ['many arguments', ['SADD', 's', ...Array.from({ length: 60 }, (_, index) => `member ${index}`)]],
  ])('records %s as it was sent, whatever the server escapes', async (_, args) => {
    const { entries } = await traceOf(async (connection) => {
      await connection.send(args.map((arg) => Buffer.from(arg)));
    });
    expect(entries.map((entry) => [entry.args, entry.arguments])).toEqual([[args, undefined]]);
  });

  it('records what a script runs as it was sent, whatever the server escapes', async () => {
    const script = `redis.call('SET', KEYS[1], ARGV[1] .. '" "')`;
    const { entries } = await traceOf(async (connection) => {
      await connection.send(['EVAL', script, '1', 'k" "', '\\n'].map((arg) => Buffer.from(arg)));
    });
    expect(entries.map(({ args }) => args)).toEqual([
      ['EVAL', script, '1', 'k" "', '\\n'],
      ['SET', 'k" "', '\\n" "'],
    ]);
  });

  it('loses none of 50,000 commands that come at once, and says how many it did not keep', async () => {
    const { entries, total, leftOut } = await traceOf(async (connection) => {
      for (let number = 0; number < 50_000; number += 1) connection.write(splitArguments(`SET k ${number}`));
      for (let number = 0; number < 50_000; number += 1) await connection.read();
    });
    const { traceHead, traceTail } = EvidenceLimits;
    expect(total).toBe(50_000);
    expect(entries[traceHead - 1]?.args[2]).toBe(String(traceHead - 1));
    expect(entries.at(-traceTail)?.args[2]).toBe(String(50_000 - traceTail));
    expect(entries.at(-1)?.args[2]).toBe('49999');
    // Of each name the last one of the middle is kept, too.
    expect(entries).toHaveLength(traceHead + 1 + traceTail);
    expect(entries[traceHead]).toMatchObject({ skipped: 50_000 - traceHead - traceTail - 1 });
    expect(leftOut).toEqual({ commands: { SET: 50_000 - traceHead - traceTail - 1 }, lua: 0, asked: {} });
  });

  it('keeps of large arguments no more than fits', async () => {
    const value = Buffer.alloc(3 * 1024 * 1024, 'x');
    const { entries, total } = await traceOf(async (connection) => {
      for (let number = 0; number < 40; number += 1)
        await connection.send([Buffer.from('SET'), Buffer.from(`k${number}`), value]);
      await connection.send([Buffer.from('PING')]);
    });
    expect(total).toBe(41);
    expect(entries.length).toBeLessThan(total);
    expect(entries[0]?.args).toMatchObject([
      'SET',
      'k0',
      { head: expect.stringMatching(/^x+$/), length: expect.any(Number) },
    ]);
    expect(entries.at(-1)?.args).toEqual(['PING']);
    const kept = entries.map(({ args }) => String(args[1]));
    expect(kept).toEqual([...kept].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  });

  it('gives back what it saw where it is abandoned', async () => {
    const abandoned = await withTimeEnough(
      100,
      async (waitMs) => {
        const recorder = await TraceRecorder.start(server.address, server.session);
        await server.session.call('PING');
        await server.session.call('ECHO', 'done');
        await sleep(waitMs);
        return recorder.abandon().entries.map(({ args }) => args[0]);
      },
      ({ length }) => length === 2,
    );
    expect(abandoned).toEqual(['PING', 'ECHO']);
  });

  it('cannot start where the server refuses it, or is not there', async () => {
    const stranger = { credentials: { username: 'nobody', password: 'x' } } as typeof server.session;
    await expect(TraceRecorder.start(server.address, stranger)).rejects.toThrow(InfrastructureError);
    await expect(TraceRecorder.start({ host: '127.0.0.1', port: 1 }, server.session)).rejects.toThrow(
      'The command trace could not be recorded: connect ECONNREFUSED',
    );
  });
});
