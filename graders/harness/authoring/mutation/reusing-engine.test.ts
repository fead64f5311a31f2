import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../recording/engine/engine.ts';
import { LocalEngine } from '../../recording/engine/local/engine.ts';
import { GraderSession } from '../../recording/observe/grader-session.ts';
import { connectOptions } from '../../valkey/client/address.ts';
import { CommandConnection } from '../../valkey/client/command-connection.ts';
import { ReusingEngine } from './reusing-engine.ts';

let engine: ReusingEngine;

beforeEach(async () => {
  engine = new ReusingEngine(await LocalEngine.prepare(() => undefined));
});
afterEach(() => engine.close());

const SCRIPT = 'return 1';

/** What tells a server that was used from one that nobody has used. */
const STATE = [
  ['INFO', 'keyspace'],
  ['ACL', 'LIST'],
  ['ACL', 'LOG'],
  ['FUNCTION', 'LIST'],
  ['SCRIPT', 'EXISTS', createHash('sha1').update(SCRIPT).digest('hex')],
];

async function ask(server: RunningServer, commands: readonly string[][]) {
  const connection = await CommandConnection.open(connectOptions(server.address));
  try {
    const replies = [];
    for (const words of commands) replies.push(await connection.send(words.map((word) => Buffer.from(word))));
    return replies;
  } finally {
    connection.close();
  }
}

/** Does to a server what a grading may do to one. */
async function use(server: RunningServer): Promise<void> {
  await ask(server, [
    ['SET', 'key', '1'],
    ['SELECT', '3'],
    ['SET', 'key', '1'],
    ['SCRIPT', 'LOAD', SCRIPT],
    ['FUNCTION', 'LOAD', "#!lua name=own\nserver.register_function('f', function() return 1 end)"],
  ]);
  const session = await GraderSession.open(server.address);
  // It is refused, and in ACL LOG from then on.
  await ask(server, [['ACL', 'LIST']]);
  await session.call('ACL', 'SETUSER', 'default', 'off');
  session.close();
}

describe('ReusingEngine', () => {
  it('gives out a server again that is as it was when nobody had used it', async () => {
    const first = await engine.start();
    const asNew = await ask(first, STATE);
    await use(first);
    const used = await ask(first, STATE).catch(() => null);
    expect(used).not.toEqual(asNew);
    await first.stop();
    const second = await engine.start();
    expect(second.address).toEqual(first.address);
    expect(await ask(second, STATE)).toEqual(asNew);
    await second.stop();
  });

  it('gives each its own where two are used at a time', async () => {
    const [first, second] = await Promise.all([engine.start(), engine.start()]);
    expect(second.address).not.toEqual(first.address);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('starts another one where a server has ended', async () => {
    const first = await engine.start();
    await ask(first, [['SHUTDOWN', 'NOSAVE']]).catch(() => undefined);
    await first.stop();
    const second = await engine.start();
    expect(second.address).not.toEqual(first.address);
    expect(await ask(second, [['DBSIZE']])).toEqual([{ type: 'integer', value: '0' }]);
    await second.stop();
  });
});
