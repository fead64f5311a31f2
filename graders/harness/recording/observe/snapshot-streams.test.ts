import { describe, expect, it } from 'vitest';
import { useDatabase } from '../../testing/database.ts';

const { server, run, database0 } = useDatabase();

function fields(entry: Record<string, string>) {
  return Object.entries(entry).map(([field, value]) => ({ field, value }));
}

describe('takeSnapshot', () => {
  it('reads the groups of a stream, their consumers and what these have not acknowledged', async () => {
    await run(
      'XADD signals 5-0 from hoth text help',
      'XADD signals 5-1 from hoth text help',
      'XADD signals 6-0 from endor text ready',
      'XDEL signals 5-1',
      'XGROUP CREATE signals rescue 0',
      'XGROUP CREATE signals idle $',
      'XREADGROUP GROUP rescue luke COUNT 1 STREAMS signals >',
      'XREADGROUP GROUP rescue leia STREAMS signals >',
      'XACK signals rescue 5-0',
      'XCLAIM signals rescue luke 0 6-0',
    );
    expect((await database0())?.keys[0]).toEqual({
      key: 'signals',
      expireAt: null,
      type: 'stream',
      size: 2,
      entries: [
        { id: '5-0', fields: fields({ from: 'hoth', text: 'help' }) },
        { id: '6-0', fields: fields({ from: 'endor', text: 'ready' }) },
      ],
      lastId: '6-0',
      entriesAdded: 3,
      groupCount: 2,
      groups: [
        {
          name: 'idle',
          lastDeliveredId: '6-0',
          entriesRead: null,
          pending: { size: 0, entries: [] },
          consumers: { size: 0, listed: [] },
        },
        {
          name: 'rescue',
          lastDeliveredId: '6-0',
          entriesRead: 3,
          pending: { size: 1, entries: [{ id: '6-0', consumer: 'luke', deliveries: 2 }] },
          consumers: {
            size: 2,
            listed: [
              { name: 'leia', pending: 0 },
              { name: 'luke', pending: 1 },
            ],
          },
        },
      ],
    });
  });

  it('reads the groups of a stream that is too long to be read', async () => {
    await server.session.callAll([
      ['EVAL', "for i = 1, 30000 do redis.call('XADD', KEYS[1], i .. '-0', 'n', i) end", '1', 'signals'],
      ['XGROUP', 'CREATE', 'signals', 'rescue', '0'],
      ['XREADGROUP', 'GROUP', 'rescue', 'luke', 'COUNT', '20000', 'STREAMS', 'signals', '>'],
    ]);
    const [found] = (await database0())?.keys ?? [];
    if (found?.type !== 'stream') throw new Error('no stream');
    const [group] = found.groups;
    expect([found.size, group?.pending.size, group?.consumers.listed]).toEqual([
      30_000,
      20_000,
      [{ name: 'luke', pending: 20_000 }],
    ]);
    expect(group?.pending.entries.length).toBeGreaterThan(4_000);
    expect(found.entries.length).toBeGreaterThan(4_000);
    expect(found.entries.length + (group?.pending.entries.length ?? 0)).toBeLessThan(10_000);
  });

  it('reads when fields of a hash expire', async ({ skip }) => {
    const [known] = await server.session.tryAll([['HEXPIRE', 'k', '1', 'FIELDS', '1', 'f']]);
    if (known === undefined) skip('the server has no such command');
    const many = Array.from({ length: 300 }, (_, index) => `f${index} ${index}`).join(' ');
    await run(`HSET k ${many}`, 'HPEXPIREAT k 4102444800000 FIELDS 1 f7');
    const [found] = (await database0())?.keys ?? [];
    expect(found?.type === 'hash' && found.fields.filter(({ expireAt }) => expireAt !== undefined)).toEqual([
      { field: 'f7', value: '7', expireAt: 4102444800000 },
    ]);
  });
});
