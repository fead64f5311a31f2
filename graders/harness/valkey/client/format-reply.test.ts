import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { splitArguments } from '../notation/quoting.ts';
import { CommandConnection } from './command-connection.ts';
import { formatRawReply, formatReplyTo } from './format-reply.ts';

const server = useServer();

/** Replies of every shape, in the protocol (RESP) version in which the server gives them. */
const COMMANDS: [version: 2 | 3, command: string][] = (
  [
    'FLUSHALL',
    'SET fleet "3 Star Destroyers, sector 7G"',
    'GET fleet',
    'GET nobody',
    'GET',
    'NO-SUCH "command"',
    'LLEN fleet',
    'SET binary "caf\\xc3\\xa9 \\x00\\xff\\a\\b\\t\\r\\n\\"\\\\"',
    'GET binary',
    'SET empty ""',
    'GET empty',
    'HSET hash username hsolo species human credits 10000',
    'HGETALL hash',
    'HGETALL nobody',
    'HMGET hash username bounty credits',
    'RPUSH list 1 2 3 4 5 6 7 8 9 10 11',
    'LRANGE list 0 -1',
    'LRANGE list 0 8',
    'LRANGE nobody 0 -1',
    'ZADD zset 98.5 Darth_Vader 99.9 Luke_Skywalker 0 Jar_Jar inf Yoda',
    'ZRANGE zset 0 -1 WITHSCORES',
    'ZRANGE zset 0 0 WITHSCORES',
    'ZSCORE zset Darth_Vader',
    'ZMSCORE zset Yoda nobody',
    'ZPOPMIN zset',
    'SADD set one',
    'SMEMBERS set',
    'SMEMBERS nobody',
    'SCAN 0 MATCH hash',
    'MULTI',
    'GET fleet',
    'HGETALL hash',
    'INCR fleet',
    'EXEC',
    "EVAL \"return {1, {2, {3, {}, false}, 'x'}, {ok='fine'}, {err='bad'}, 'a\\nb'}\" 0",
    'EVAL "return {}" 0',
    'EVAL "return {{}}" 0',
    'EVAL "return {{{{1}}}, {{2, 3}}}" 0',
    'PUBLISH nobody listens',
    'CLIENT GETNAME',
    'INFO commandstats_nothing',
    'LOLWUT VERSION 5 1 1 1',
    'MEMORY DOCTOR',
    'CLUSTER INFO',
    'COMMAND INFO get nosuch',
    'COMMAND GETKEYS MSET a b c d',
    'TYPE hash',
  ].flatMap((command) => [
    [2, command],
    [3, command],
  ]) as [2 | 3, string][]
).concat(
  [
    'server.setresp(3); return {map={a=1}}',
    'server.setresp(3); return {map={a={1, 2}}}',
    'server.setresp(3); return {map={a={map={b={map={c={1, 2}}}}}}}',
    'server.setresp(3); return {map={a={{}}}}',
    'server.setresp(3); return {map={a={{1}}}}',
    'server.setresp(3); return {map={a={set={x=true}}}}',
    'server.setresp(3); return {{map={a={1, {2, 3}}}}, {double=3.5}, true, false, {map={}}, {set={}}}',
  ].map((script) => [3, `EVAL "${script}" 0`]),
);

async function inOurWords(
  version: 2 | 3,
  commands: readonly string[],
  format: typeof formatReplyTo,
): Promise<string[]> {
  const connection = await CommandConnection.open(server.address);
  try {
    if (version === 3) await connection.send(splitArguments('HELLO 3'));
    const texts: string[] = [];
    for (const command of commands) {
      const args = splitArguments(command);
      texts.push(format(args, await connection.send(args)));
    }
    return texts;
  } finally {
    connection.close();
  }
}

describe.each([2, 3] as const)('replies of RESP%i', (version) => {
  const commands = COMMANDS.filter(([needs]) => needs === version).map(([, command]) => command);
  const option = version === 3 ? ['-3'] : ['-2'];

  it('are formatted as valkey-cli formats them on a terminal', async () => {
    const ours = await inOurWords(version, commands, formatReplyTo);
    const theirs = await server.cli([...option, '--no-raw'], commands.join('\n'));
    expect(ours.join('')).toBe(theirs.toString());
  });

  it('are formatted as valkey-cli formats them in a pipe', async () => {
    const texts = /^(?:INFO|LOLWUT|MEMORY|CLUSTER)/;
    const ours = await inOurWords(version, commands, ([name], reply) => {
      return formatRawReply(reply).toString('latin1') + (texts.test(String(name)) ? '' : '\n');
    });
    const theirs = await server.cli([...option, '--raw'], commands.join('\n'));
    expect(ours.join('')).toBe(theirs.toString('latin1'));
  });
});

describe('formatReplyTo', () => {
  it('ends a text with a line feed where it has none', () => {
    const command = splitArguments('client info');
    expect(formatReplyTo(command, { type: 'bulk', value: Buffer.from('id=3') })).toBe('id=3\n');
  });
});

describe('a large reply', { timeout: 120_000 }, () => {
  it('is formatted in time in proportion to its length', () => {
    const items = Array.from({ length: 120_000 }, () => ({ type: 'bulk' as const, value: Buffer.from('"') }));
    const text = formatReplyTo([], { type: 'map', items });
    expect(text).toHaveLength('00001# "\\"" => "\\""\n'.length * 60_000);
  });
});
