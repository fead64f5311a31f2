import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InfrastructureError } from '../../base/errors.ts';
import type { Messages } from '../../evidence/evidence.ts';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { useServer } from '../../testing/server.ts';
import { withTimeEnough } from '../../testing/time-enough.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { MessageRecorder } from './message-recorder.ts';
import { TraceRecorder } from './trace-recorder.ts';

const server = useServer();

/** What is recorded while a learner does this over a connection of its own. */
async function messagesOf(work: (connection: CommandConnection) => Promise<void>): Promise<Messages> {
  const { host, port } = server.address;
  const recorder = await MessageRecorder.start(server.address, server.session);
  const connection = await CommandConnection.open({ host, port });
  await work(connection);
  connection.close();
  return recorder.finish();
}

async function messagesOfCommands(...commands: string[]): Promise<[unknown, unknown][]> {
  const { entries, cut } = await messagesOf(async (connection) => {
    for (const command of commands) await connection.send(splitArguments(command));
  });
  expect(cut).toBe(false);
  return entries.map(({ channel, message }) => [channel, message]);
}

describe('MessageRecorder', () => {
  it('records what clients, transactions, Lua scripts and functions publish, in order', async () => {
    const library =
      "#!lua name=alerts\\nserver.register_function('alert', function(keys, args) return server.call('PUBLISH', keys[1], args[1]) end)";
    expect(
      await messagesOfCommands(
        'PUBLISH news "first edition"',
        `EVAL "return redis.call('PUBLISH', 'battle:alerts', KEYS[1] .. ' 1250')" 1 shots_fired`,
        'MULTI',
        'PUBLISH news second',
        'EXEC',
        `FUNCTION LOAD "${library}"`,
        'FCALL alert 1 battle:alerts third',
      ),
    ).toEqual([
      ['news', 'first edition'],
      ['battle:alerts', 'shots_fired 1250'],
      ['news', 'second'],
      ['battle:alerts', 'third'],
    ]);
  });

  it('records nothing of a transaction that is given up, of sharded channels, of what the server refuses', async () => {
    expect(
      await messagesOfCommands(
        'MULTI',
        'PUBLISH news never',
        'DISCARD',
        'SPUBLISH news shard',
        'PUBLISH news',
      ),
    ).toEqual([]);
  });

  it('keeps bytes as they are', async () => {
    expect(await messagesOfCommands('PUBLISH "\\xff" "a\\r\\nb\\x00"')).toEqual([
      [{ base64: '/w==' }, 'a\r\nb\0'],
    ]);
  });

  it('takes nothing for a message that comes to it in another way', async () => {
    const clients = String(await server.session.call('CLIENT', 'LIST'));
    expect(clients).not.toContain('psub=1');
    const messages = await messagesOf(async (connection) => {
      const list = String(await server.session.call('CLIENT', 'LIST', 'TYPE', 'PUBSUB'));
      const id = /\bid=(\d+)/.exec(list)?.[1] ?? '';
      for (const command of [`CLIENT TRACKING on REDIRECT ${id} BCAST`, 'SET a 1', 'PUBLISH news x'])
        await connection.send(splitArguments(command));
    });
    expect(messages.entries).toEqual([{ channel: 'news', message: 'x' }]);
  });

  it('adds nothing to a trace that is recorded meanwhile', async () => {
    const subscriber = await MessageRecorder.start(server.address, server.session);
    const recorder = await TraceRecorder.start(server.address, server.session);
    await server.session.call('PUBLISH', 'news', 'x');
    const { entries } = await recorder.finish(server.session);
    await subscriber.finish();
    expect(entries.map(({ args }) => args)).toEqual([['PUBLISH', 'news', 'x']]);
  });

  it('keeps the first of many messages, and says that there were more', async () => {
    const { entries, cut } = await messagesOf(async (connection) => {
      for (let number = 0; number < 5_000; number += 1)
        connection.write(splitArguments(`PUBLISH c ${number}`));
      for (let number = 0; number < 5_000; number += 1) await connection.read();
    });
    expect(cut).toBe(true);
    expect(entries).toHaveLength(EvidenceLimits.messages);
    expect(entries.at(-1)?.message).toBe(String(EvidenceLimits.messages - 1));
  });

  it('keeps of large messages no more than fits', async () => {
    const size = EvidenceLimits.messagesBytes / 2;
    const { entries, cut } = await messagesOf(async (connection) => {
      for (let number = 0; number < 3; number += 1)
        await connection.send([Buffer.from('PUBLISH'), Buffer.from('c'), Buffer.alloc(size - 1, 'x')]);
      await connection.send(splitArguments('PUBLISH c small'));
    });
    expect(cut).toBe(true);
    expect(entries).toHaveLength(2);
    expect(entries[0]?.message).toEqual({ head: expect.stringMatching(/^x+$/), length: size - 1 });
  });

  it('survives a flood in which the server disconnects it', async () => {
    const { entries, cut } = await messagesOf(async (connection) => {
      const script =
        "local m = string.rep('x', 1000000) for i = 1, 60 do server.call('PUBLISH', 'flood', m) end";
      await connection.send(splitArguments(`EVAL "${script}" 0`));
      await connection.send(splitArguments('PING'));
    });
    expect(cut).toBe(true);
    expect(entries.length).toBeLessThan(60);
  });

  it('cannot be disconnected by the learner', async () => {
    const messages = await messagesOfCommands(
      'CLIENT KILL TYPE pubsub',
      'CLIENT KILL SKIPME yes',
      'CONFIG SET client-output-buffer-limit "pubsub 1 1 1"',
      'PUBLISH news still',
    );
    expect(messages).toEqual([['news', 'still']]);
  });

  it('gives back what it saw where it is abandoned', async () => {
    const abandoned = await withTimeEnough(
      100,
      async (waitMs) => {
        const recorder = await MessageRecorder.start(server.address, server.session);
        await server.session.call('PUBLISH', 'news', 'x');
        await sleep(waitMs);
        return recorder.abandon();
      },
      ({ entries }) => entries.length === 1,
    );
    expect(abandoned).toEqual({ entries: [{ channel: 'news', message: 'x' }], cut: false });
  });

  it('cannot start where the server refuses it, or is not there', async () => {
    const stranger = { credentials: { username: 'nobody', password: 'x' } } as typeof server.session;
    await expect(MessageRecorder.start(server.address, stranger)).rejects.toThrow(InfrastructureError);
    await expect(MessageRecorder.start({ host: '127.0.0.1', port: 1 }, server.session)).rejects.toThrow(
      'The published messages could not be recorded: connect ECONNREFUSED',
    );
  });
});
