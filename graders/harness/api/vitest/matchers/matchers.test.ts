import { Redis } from 'iovalkey';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useServer } from '../../../testing/server.ts';
import '../index.ts';

const server = useServer();
let client: Redis;
beforeAll(() => {
  client = new Redis(server.address);
});
afterAll(() => client.disconnect());
beforeEach(async () => {
  await client.flushall();
});

/** What a matcher that does not hold says. */
async function complaint(assertion: Promise<unknown>): Promise<string> {
  const error = await assertion.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it holds');
  return error.message;
}

describe('the matchers', () => {
  it('hold for what is there', async () => {
    await client.hset('session:1', { user: 'han', credits: '9500', seen: '2025-08-28T13:30:00' });
    await client.expire('session:1', 3600);
    await client.rpush('queue', 'a', 'b');
    await client.sadd('crew', 'han', 'chewie');
    await client.zadd('pilots', 1.5, 'wedge', 2, 'luke');
    await client.set('count', '7');
    await client.pfadd('seen', 'a', 'b', 'c');
    await client.xadd('signals', '*', 'from', 'hoth', 'text', 'help');
    await client.xgroup('CREATE', 'signals', 'rescue', '0');
    await client.xreadgroup('GROUP', 'rescue', 'luke', 'STREAMS', 'signals', '>');

    await expect(client).toHaveKey('queue');
    await expect(client).toHaveNoKey('nothing');
    await expect(client).toHaveKeyType('pilots', 'zset');
    await expect(client).toHaveString('count', 7);
    await expect(client).toHaveString('count', { pattern: '^\\d$' });
    await expect(client).toHaveHash('session:1', { credits: 9500, seen: { isoDateTime: true } });
    await expect(client).toHaveFieldCount('session:1', 3);
    await expect(client).toHaveList('queue', ['a', { oneOf: ['b', 'c'] }]);
    await expect(client).toHaveSet('crew', ['chewie', 'han', 'han']);
    await expect(client).toHaveSet('crew', [{ any: true }, { length: { atLeast: 4 } }]);
    await expect(client).toHaveString('count', { allOf: [{ between: [5, 8] }, { not: { number: 8 } }] });
    await client.set('profile', '{"name":"Ada","address":{"city":"Rome"}}');
    await expect(client).toHaveString('profile', { json: { address: { city: 'Rome' }, name: 'Ada' } });
    await expect(client).toHaveString('profile', { jsonHas: { '$.address.city': { length: 4 } } });
    await expect(client).toHaveSortedSet('pilots', { luke: 2, wedge: 1.5 });
    await expect(client).toHaveSortedSet('pilots', { luke: 2 }, { orMore: true });
    await expect(client).toHaveStreamEntries('signals', [{ from: 'hoth', text: { pattern: '^h' } }]);
    await expect(client).toHaveTtl('session:1', 3600);
    await expect(client).toHaveTtl('session:1', 3500, { within: 200 });
    await expect(client).toHaveNoTtl('count');
    await expect(client).not.toHaveNoTtl('session:1');
    await expect(client).toHaveHyperLogLogCount('seen', 3);
    await expect(client).toHaveHyperLogLogCount('seen', 4, { within: 1 });
  });

  it('say what was expected and found, and how the two differ', async () => {
    await client.hset('session:1', { user: 'han ', credits: '10000' });
    expect(
      await complaint(expect(client).toHaveHash('session:1', { user: 'han', credits: 9500, ship: 'falcon' })),
    ).toMatchInlineSnapshot(`
      "key session:1
      expected: user = "han"
                credits = "9500"
                ship = "falcon"
      found: user = "han "
             credits = "10000"
             no field ship
      differs: user: the value ends with a space that cannot be seen (4 characters, expected 3)"
    `);
    expect(await complaint(expect(client).toHaveFieldCount('session:1', 3))).toMatchInlineSnapshot(`
      "key session:1
      expected: 3 fields
      found: 2 fields: credits and user"
    `);
    expect(await complaint(expect(client).toHaveTtl('session:1', 60, { within: 5 }))).toMatchInlineSnapshot(`
      "key session:1
      expected: a TTL of about 60 s (55 to 65 s)
      found: no TTL: the key would stay for ever"
    `);
    expect(await complaint(expect(client).toHaveKeyType('session:1', 'list'))).toMatchInlineSnapshot(`
      "key session:1
      expected: a list
      found: a hash"
    `);
    expect(await complaint(expect(client).toHaveNoKey('session:1'))).toMatchInlineSnapshot(`
      "key session:1
      expected: no key named session:1
      found: a hash"
    `);
    expect(await complaint(expect(client).toHaveString('Session-1', 'x'))).toMatchInlineSnapshot(`
      "key Session-1
      expected: a string
      found: no such key; yours is called session:1"
    `);
    await client.rpush('queue', 'a', 'b');
    expect(await complaint(expect(client).toHaveList('queue', ['b', 'a']))).toMatchInlineSnapshot(`
      "key queue
      expected: 1) "b"
                2) "a"
      found: 1) "a"
             2) "b""
    `);
    await client.sadd('crew', 'han', 'greedo');
    expect(await complaint(expect(client).toHaveSet('crew', ['han', 'chewie']))).toMatchInlineSnapshot(`
      "key crew
      expected: "han" and "chewie"
      found: missing: "chewie"; too many: "greedo""
    `);
    await client.zadd('pilots', 1.5, 'wedge', 2, 'luke');
    expect(await complaint(expect(client).toHaveSortedSet('pilots', { luke: 3 }))).toMatchInlineSnapshot(`
      "key pilots
      expected: "luke" with 3
      found: too many: "wedge" with 1.5
             "luke" with 2, not 3"
    `);
    expect(await complaint(expect(client).toHaveHyperLogLogCount('crew', 2))).toMatchInlineSnapshot(`
      "key crew
      expected: a HyperLogLog that counts 2 elements
      found: a set of 2 members, no HyperLogLog"
    `);
  });

  it('can be turned round by `.not`, and say so', async () => {
    await client.set('count', '7');
    await expect(client).not.toHaveString('count', 8);
    await expect(client).not.toHaveHash('nothing', { a: 1 });
    expect(await complaint(expect(client).not.toHaveString('count', 7))).toMatchInlineSnapshot(`
      "key count
      expected: anything but 7
      found: a string, for which it holds"
    `);
    expect(await complaint(expect(client).not.toHaveKey('count'))).toMatchInlineSnapshot(`
      "key count
      expected: that it does not hold
      found: a string, for which it holds"
    `);
  });

  it('compare bytes, not what text makes of them', async () => {
    await client.set('raw', Buffer.from([0xff, 0xfe]));
    expect(await complaint(expect(client).toHaveString('raw', '\ufffd\ufffd'))).toContain(
      'found: the bytes fffe (not text)',
    );
    await client.set('claims', 'HYLL but not one');
    await expect(client).toHaveString('claims', 'HYLL but not one');
    await expect(client).not.toHaveHyperLogLogCount('claims', 0);
  });

  it('take clients that send commands in another way, and replies of the newer protocol', async () => {
    await client.hset('session:1', { user: 'han', credits: '9500' });
    await client.zadd('pilots', 1.5, 'wedge', 2, 'luke');
    await client.sadd('crew', 'han');
    const call = async ([command = '', ...args]: string[]) => {
      const reply = await client.call(command, ...args);
      // As RESP3 has it: maps, sets, pairs and doubles.
      if (command === 'HGETALL') return { user: 'han', credits: '9500' };
      if (command === 'SMEMBERS') return new Set(reply as string[]);
      if (command === 'ZRANGE')
        return [
          ['wedge', 1.5],
          ['luke', 2],
        ];
      return reply;
    };
    for (const other of [{ sendCommand: call }, { customCommand: call }]) {
      await expect(other).toHaveHash('session:1', { user: 'han', credits: 9500 });
      await expect(other).toHaveSortedSet('pilots', { wedge: 1.5, luke: 2 });
      await expect(other).toHaveSet('crew', ['han']);
      await expect(other).toHaveNoKey('nothing');
    }
  });

  it('refuse what they could hold nothing against', async () => {
    await client.set('count', '7');
    const refused = [
      [expect({}).toHaveKey('count'), 'expect() was not given a client of Valkey'],
      [expect(client).toHaveString('count', expect.any(String) as never), 'not an object of class Any'],
      [expect(client).toHaveString('count', /7/ as never), 'not an object of class RegExp'],
      [expect(client).toHaveHash('count', { a: null as never }), 'not null'],
      [expect(client).toHaveString('count', { patern: '7' } as never), 'did you mean pattern?'],
      [expect(client).toHaveString('count', {}), '{} is no condition'],
      [expect(client).toHaveString('count', { not: {} }), '{} is no condition'],
      [expect(client).toHaveSet('count', [{ anyOf: [{ equal: 1 } as never] }]), 'did you mean equals?'],
      [expect(client).toHaveString('count', { allOf: [] }), 'allOf takes a list of values: not a list'],
      [expect(client).toHaveString('count', { length: {} }), 'length takes a number or { atLeast, atMost }'],
      [expect(client).toHaveString('count', { between: 5 as never }), 'between takes two numbers'],
      [
        expect(client).toHaveString('count', { near: { number: 1 } as never }),
        'near takes { number, tolerance }',
      ],
      [expect(client).toHaveString('count', { jsonHas: {} }), 'jsonHas takes an object of values'],
    ] as const;
    for (const [assertion, message] of refused) await expect(assertion).rejects.toThrow(message);
  });

  it('pass on what the client says of a server that cannot be reached', async () => {
    const lost = new Redis({ port: 1, retryStrategy: () => null, lazyConnect: true });
    lost.on('error', () => undefined); // The command is told of it, too.
    await expect(expect(lost).toHaveKey('count')).rejects.toThrow(/Connection is closed|ECONNREFUSED/);
  });
});
