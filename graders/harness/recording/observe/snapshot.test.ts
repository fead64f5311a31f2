import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../testing/database.ts';
import { takeSnapshot } from './snapshot.ts';

const { server, run, database0 } = useDatabase();

describe('takeSnapshot', () => {
  it('finds nothing in an empty server', async () => {
    expect(await takeSnapshot(server.session, ['session:han_solo'])).toEqual({ databases: [] });
  });

  it('reads every type, members and fields in the order of their bytes', async () => {
    await run(
      'SET string "3 Star Destroyers, sector 7G"',
      'SET empty ""',
      'RPUSH list b a b',
      'SADD set Z é a 10 9',
      'ZADD zset 98.5 Vader 12.30 TK421 -inf Jar_Jar 1e3 Yoda 98.5 Luke',
      'HSET hash b 2 a 1 "" empty',
      'XADD stream 1-1 a b',
      'PFADD loglog a b',
    );
    const found = await database0();
    expect(found).toMatchObject({ index: 0, size: 8 });
    expect(Object.fromEntries(found?.keys.map(({ key, ...rest }) => [key, rest]) ?? [])).toEqual({
      string: { type: 'string', size: 28, value: '3 Star Destroyers, sector 7G', expireAt: null },
      empty: { type: 'string', size: 0, value: '', expireAt: null },
      list: { type: 'list', size: 3, items: ['b', 'a', 'b'], expireAt: null },
      set: { type: 'set', size: 5, members: ['10', '9', 'Z', 'a', 'é'], expireAt: null },
      zset: {
        type: 'zset',
        size: 5,
        members: [
          { member: 'Jar_Jar', score: '-inf' },
          { member: 'TK421', score: '12.3' },
          { member: 'Luke', score: '98.5' },
          { member: 'Vader', score: '98.5' },
          { member: 'Yoda', score: '1000' },
        ],
        expireAt: null,
      },
      hash: {
        type: 'hash',
        size: 3,
        fields: [
          { field: '', value: 'empty' },
          { field: 'a', value: '1' },
          { field: 'b', value: '2' },
        ],
        expireAt: null,
      },
      stream: {
        type: 'stream',
        size: 1,
        entries: [{ id: '1-1', fields: [{ field: 'a', value: 'b' }] }],
        lastId: '1-1',
        entriesAdded: 1,
        groupCount: 0,
        groups: [],
        expireAt: null,
      },
      loglog: {
        type: 'string',
        size: expect.any(Number),
        value: expect.anything(),
        hyperloglog: 2,
        expireAt: null,
      },
    });
  });

  it('keeps binary names and values, in the order of their bytes', async () => {
    await run(
      'SET "\\xff\\x00" "\\x80"',
      'HSET "caf\\xc3\\xa9" "\\xfe" "\\xfd"',
      'SET "a b\\n" "c\\r\\n"',
      'SET "" x',
    );
    expect((await database0())?.keys).toMatchObject([
      { key: '', value: 'x' },
      { key: 'a b\n', value: 'c\r\n', size: 3 },
      { key: 'café', fields: [{ field: { base64: '/g==' }, value: { base64: '/Q==' } }] },
      { key: { base64: '/wA=' }, value: { base64: 'gA==' } },
    ]);
  });

  it('counts HyperLogLogs, sparse and dense, and leaves them as they are', async () => {
    await run(
      'PFADD sparse a b c',
      'EXPIRE sparse 3600',
      `EVAL "for i = 1, 20000 do server.call('PFADD', 'dense', i) end" 0`,
      "EVAL \"return server.call('PFADD', 'empty')\" 0",
    );
    const values = () => server.session.callAll(['sparse', 'dense', 'empty'].map((key) => ['GET', key]));
    const before = await values();
    const [dense, empty, sparse] = (await database0())?.keys ?? [];
    expect(await values()).toEqual(before);
    expect(empty).toMatchObject({ key: 'empty', hyperloglog: 0 });
    expect(sparse).toMatchObject({ key: 'sparse', hyperloglog: 3, expireAt: expect.any(Number) });
    expect(dense).toMatchObject({ key: 'dense', hyperloglog: await server.session.call('PFCOUNT', 'dense') });
  });

  it('counts none in strings that only look like a HyperLogLog', async () => {
    await run(
      'SET HYLL HYLL',
      'SET corrupt "HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80"',
      'SET text "HYLL is how they all begin"',
      'SADD set HYLL',
      'PFADD right a',
    );
    const found = (await database0())?.keys ?? [];
    expect(found.filter((key) => 'hyperloglog' in key).map(({ key }) => key)).toEqual(['right']);
    expect(found).toHaveLength(5);
  });

  it('tells the exact expiry', async () => {
    const at = Date.now() + 3_600_000;
    await run('SET a 1', `PEXPIREAT a ${at}`, 'SET b 1 EX 300', 'SET c 1');
    const now = await server.session.time();
    const [a, b, c] = (await database0())?.keys ?? [];
    expect(a?.expireAt).toBe(at);
    expect(Math.abs((b?.expireAt ?? 0) - now - 300_000)).toBeLessThan(10_000);
    expect(c?.expireAt).toBeNull();
  });

  it('reads every database that holds keys, and goes back to the first', async () => {
    await run('SELECT 3', 'SET a 3', 'SELECT 15', 'SET a 15', 'SELECT 0');
    const { databases } = await takeSnapshot(server.session);
    expect(databases.map(({ index, size, keys }) => [index, size, keys])).toMatchObject([
      [3, 1, [{ key: 'a', value: '3' }]],
      [15, 1, [{ key: 'a', value: '15' }]],
    ]);
    await run('SET where first');
    expect(await database0()).toMatchObject({ index: 0, keys: [{ key: 'where' }] });
  });

  it('neither lists nor counts keys that have expired, though the server has not removed them yet', async () => {
    // While writing is paused, nothing is removed. In one transaction: nothing expires before the pause.
    await run(
      'MULTI',
      'SET endor x PX 20',
      'HSET kept a b',
      'SELECT 3',
      'SET gone x PX 20',
      'SELECT 0',
      'CLIENT PAUSE 60000 WRITE',
      'EXEC',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await server.session.call('DBSIZE')).toBe(2);
    expect((await takeSnapshot(server.session, ['endor'])).databases).toMatchObject([
      { index: 0, size: 1, keys: [{ key: 'kept' }] },
    ]);
    await run('CLIENT UNPAUSE');
  });

  it('lists no key without its value, however many expire while it reads', async () => {
    // Keys expire one by one all the time that the snapshots are taken: over a longer time where this machine
    // is too slow to take several meanwhile.
    let seen = 0;
    for (let lifeMs = 250; seen < 2; lifeMs *= 2) {
      await run(
        `EVAL "for i = 1, 2000 do server.call('HSET', 'k' .. i, 'f', 'v') server.call('PEXPIRE', 'k' .. i, math.floor(1 + i * ${lifeMs} / 2000)) end" 0`,
      );
      seen = 0;
      for (let left = 1; left > 0; ) {
        const found = await database0();
        left = found?.size ?? 0;
        expect(found?.keys.length ?? 0).toBe(left);
        for (const key of found?.keys ?? []) expect(key).toMatchObject({ size: 1, fields: [{ value: 'v' }] });
        if (left > 0) seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(1);
  });
});
