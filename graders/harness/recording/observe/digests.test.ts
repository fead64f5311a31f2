import { beforeEach, describe, expect, it } from 'vitest';
import { isNotAllListed } from '../../evidence/data-types/index.ts';
import type { Keyspace } from '../../evidence/evidence.ts';
import { unchanged } from '../../judging/checks/kinds/unchanged.ts';
import { judgeCheck } from '../../testing/judge-check.ts';
import { useServer } from '../../testing/server.ts';
import { splitArguments } from '../../valkey/notation/quoting.ts';
import { digestedIn, withDigests } from './digests.ts';
import { namesOf, takeSnapshot } from './snapshot.ts';

const server = useServer();

beforeEach(async () => {
  await server.session.call('FLUSHALL');
});

const SETUP = {
  set: `EVAL "for i = 1, 12000 do redis.call('SADD', KEYS[1], 'm' .. i) end" 1 k`,
  hash: `EVAL "for i = 1, 12000 do redis.call('HSET', KEYS[1], i, 'v' .. i) end" 1 k`,
  zset: `EVAL "for i = 1, 12000 do redis.call('ZADD', KEYS[1], i, 'm' .. i) end" 1 k`,
  list: `EVAL "for i = 1, 12000 do redis.call('RPUSH', KEYS[1], i) end" 1 k`,
  stream: `EVAL "for i = 1, 12000 do redis.call('XADD', KEYS[1], i .. '-0', 'n', i) end" 1 k`,
  string: `EVAL "redis.call('SET', KEYS[1], string.rep('x', 100000))" 1 k`,
};

/** What `unchanged` finds where these commands run behind the set-up. */
async function judge(setup: string, commands: readonly string[]) {
  await server.session.callAll([splitArguments(setup)]);
  const before = await withDigests(server.session, await takeSnapshot(server.session), (_, key) =>
    isNotAllListed(key),
  );
  await server.session.callAll(commands.map(splitArguments));
  const after: Keyspace = await withDigests(
    server.session,
    await takeSnapshot(server.session, namesOf(before)),
    digestedIn(before),
  );
  return judgeCheck(unchanged, {}, { before, after });
}

describe('what is too large to be listed', () => {
  it.each(Object.entries(SETUP))('is known to be unchanged: %s', async (_, setup) => {
    // Reading goes on with the rehashing of a table.
    const reads = ['EXISTS k', 'TYPE k', 'OBJECT ENCODING k', 'SET other 1', 'DEL other'];
    expect(await judge(setup, reads)).toEqual({ passed: true });
  });

  it('is known to be unchanged in whatever order its elements came', async () => {
    const backwards = `EVAL "redis.call('DEL', KEYS[1]) for i = 12000, 1, -1 do redis.call('SADD', KEYS[1], 'm' .. i) end" 1 k`;
    expect(await judge(SETUP.set, [backwards])).toEqual({ passed: true });
  });

  it.each([
    [SETUP.set, 'SREM k m11999', 'SADD k other'],
    [SETUP.hash, 'HSET k 11999 other'],
    [SETUP.zset, 'ZADD k 11999.5 m11999'],
    [SETUP.list, 'LSET k 11998 other'],
    [SETUP.stream, 'XDEL k 11999-0', 'XADD k 12000-1 n 11999'],
    [SETUP.string, 'SETRANGE k 99999 y'],
  ])('is known to be changed, where nobody has listed it: %s', async (setup, ...commands) => {
    expect(await judge(setup, commands)).toMatchObject({ passed: false });
  });

  it('does not count as unchanged where the server cannot tell', async () => {
    const setup = `EVAL "redis.call('SET', KEYS[1], string.rep('x', 20000000))" 1 k`;
    expect(await judge(setup, [])).toMatchObject({
      passed: false,
      actual: 'k: too large to tell whether it is',
    });
  });
});

describe('what is listed', () => {
  it.each([
    ['XADD k 1-0 a b', ['DEL k', 'XADD k 1-0 a c'], 'k: "1-0" a c'],
    ['XADD k 1-0 a b', ['XADD k 2-0 a c', 'XDEL k 2-0'], 'k: changed'],
    [
      'XADD k 1-0 a b',
      ['XGROUP CREATE k readers 0'],
      'k: group readers delivered up to 0-0, 0 pending, 0 consumers',
    ],
    ['SADD k a b', ['SREM k b', 'SADD k c'], 'k: "c"'],
  ])('is compared whole: %s', async (setup, commands, actual) => {
    expect(await judge(setup, [])).toEqual({ passed: true });
    await server.session.call('FLUSHALL');
    expect(await judge(setup, commands)).toMatchObject({ passed: false, actual });
  });

  it('has fields that expire', async ({ skip }) => {
    const [known] = await server.session.tryAll([['HEXPIRE', 'k', '1', 'FIELDS', '1', 'f']]);
    if (known === undefined) skip('the server has no such command');
    expect(await judge('HSET k a 1 b 2', ['HEXPIRE k 60 FIELDS 1 a'])).toMatchObject({
      passed: false,
      expected: 'k: a = "1" without a TTL',
      actual: 'k: a = "1" with a TTL of its own',
    });
  });
});
