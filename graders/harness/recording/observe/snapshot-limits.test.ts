import { describe, expect, it } from 'vitest';
import { EvidenceLimits } from '../../evidence/limits.ts';
import { useDatabase } from '../../testing/database.ts';

const { run, database0 } = useDatabase();

describe('a snapshot of more than evidence keeps', () => {
  const { elements, keys, valueBytes, keyspaceBytes } = EvidenceLimits;

  it('cuts large values, and says how large they were', async () => {
    const more = elements + 500;
    await run(
      `SETRANGE string ${valueBytes} x`,
      `EVAL "for i = 1, ${more} do server.call('RPUSH', 'list', i) server.call('SADD', 'set', 'm' .. i) server.call('ZADD', 'zset', i, i) server.call('HSET', 'hash', 'f' .. i, i) end" 0`,
      `EVAL "server.call('HSET', 'wide', 'f', string.rep('é', ${valueBytes}))" 0`,
    );
    const found = (await database0())?.keys ?? [];
    const of = (name: string) => found.find(({ key }) => key === name);
    expect(of('string')).toEqual({
      key: 'string',
      type: 'string',
      expireAt: null,
      size: valueBytes + 1,
      // Controls alone: text would take six times as much room.
      value: { head: { base64: Buffer.alloc(valueBytes).toString('base64') }, length: valueBytes + 1 },
    });
    expect(of('list')).toMatchObject({ size: more, items: { length: elements } });
    expect(of('zset')).toMatchObject({ size: more, members: { length: elements } });
    for (const [name, part] of [
      ['set', 'members'],
      ['hash', 'fields'],
    ] as const) {
      const list = (of(name) as unknown as Record<string, unknown[]>)[part] ?? [];
      expect(of(name)).toMatchObject({ size: more });
      expect(list.length).toBeGreaterThanOrEqual(elements);
      expect(list.length).toBeLessThan(more);
    }
    expect(of('wide')).toMatchObject({
      fields: [{ value: { head: 'é'.repeat(valueBytes / 2), length: valueBytes * 2 } }],
    });
  });

  it('cuts a huge keyspace, counts all keys, and has those that are asked for', async () => {
    await run(
      `EVAL "for i = 1, ${keys + 3000} do server.call('SET', 'k' .. i, i) end" 0`,
      'SET zzz last',
      'SET aaa first',
    );
    const found = await database0(['zzz', 'no such key']);
    expect(found?.size).toBe(keys + 3002);
    expect(found?.keys).toHaveLength(keys + 1);
    expect(found?.keys.at(-1)).toMatchObject({ key: 'zzz', value: 'last' });
    const names = found?.keys.map(({ key }) => String(key)) ?? [];
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(names.length);
  });

  it('reads no more keys where those read are large together', async () => {
    const count = 2 * (keyspaceBytes / valueBytes);
    await run(
      `EVAL "for i = 1, ${count} do server.call('SET', 'k' .. i, string.rep('x', ${valueBytes})) end" 0`,
      'SET zzz 1',
    );
    const found = await database0(['zzz']);
    expect(found?.size).toBe(count + 1);
    expect(found?.keys.length).toBeLessThan(count);
    expect(found?.keys.length).toBeGreaterThanOrEqual(count / 2);
    expect(found?.keys.at(-1)).toMatchObject({ key: 'zzz' });
  });

  it('has those that are asked for even where there is no room for what they hold', async () => {
    const count = keyspaceBytes / (4 * 1024 * 1024) + 1;
    await run(
      `EVAL "local v = string.rep('x', ${valueBytes}) for k = 1, ${count} do for i = 1, 70 do server.call('RPUSH', 'k' .. k, v) end end" 0`,
      `SETRANGE the-rest ${valueBytes - 1} x`,
      'HSET wanted f v',
      'SET other 1',
    );
    const wanted = [...Array.from({ length: count }, (_, index) => `k${index + 1}`), 'the-rest', 'wanted'];
    const found = await database0(wanted);
    expect(found?.keys.map(({ key }) => key)).toEqual([...wanted].sort());
    expect(found?.size).toBe(count + 3);
    expect(found?.keys.at(-1)).toMatchObject({ key: 'wanted', type: 'hash', size: 1, fields: [] });
  });
});
