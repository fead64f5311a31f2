import { describe, expect, it } from 'vitest';
import { textOf } from '../../base/bytes.ts';
import { applyChange } from '../../evidence/change.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import {
  allChanges,
  changesOf,
  replayOf,
  replayOfCommands,
  repliesOf,
  WHOLE,
} from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();
const replayed = (setup: string[], commands: string[]) => replayOfCommands(server, setup, commands);

describe('a replay', () => {
  it('tells what each command answered and changed', async () => {
    const found = await replayed(
      ['HSET h a 1 b 2', 'RPUSH l x y z'],
      [
        'HINCRBY h a 5',
        'HGET h nope',
        'LRANGE none 0 -1',
        'INCR h',
        'LPOP l',
        'ZADD z 1 m',
        'ZINCRBY z 2 m',
        'SADD s a b',
        'SREM s a',
        'DEL s',
      ],
    );
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps.map(({ reply }) => reply?.kind)).toEqual([
      ...['value', 'nil', 'empty', 'error', 'value', 'value', 'value', 'value', 'value', 'value'],
    ]);
    expect(repliesOf(found)[3]).toMatch(/^\(error\) WRONGTYPE /);
    expect(allChanges(found)).toEqual([
      [['h', ['a=1'], ['a=6']]],
      [],
      [],
      [],
      [['l', ['x'], [], 0]],
      [['z', null, ['m=1']]],
      [['z', ['m=1'], ['m=3']]],
      [['s', null, ['a', 'b']]],
      [['s', ['a'], []]],
      [['s', ['b'], null]],
    ]);
  });

  it('leads from the keyspace before the script to the one after it', async () => {
    const { run, replay } = await replayed(
      ['RPUSH l a b c d', 'HSET h a 1', 'ZADD z 1 a 2 b', 'SADD s x y', 'SET t text'],
      [
        'LINSERT l BEFORE c new',
        'LREM l 1 a',
        'HSET h b 2 a 3',
        'HDEL h b',
        'ZADD z 0 b',
        'ZADD z -inf c',
        'SMOVE s s2 x',
        'APPEND t ure',
        'RENAME l m',
        'COPY z y',
        'EXPIRE y 100',
      ],
    );
    expect(replay).toMatchObject(WHOLE);
    const states = new Map(run.before.databases[0]?.keys.map((key) => [textOf(key.key), key]));
    for (const change of replay.steps.flatMap(({ changes }) => changes)) {
      const name = textOf((change.before ?? change.after)?.key);
      const state = applyChange(states.get(name) ?? null, change);
      if (state) states.set(name, state);
      else states.delete(name);
    }
    const withoutExpiry = (keys: Iterable<KeySnapshot>) =>
      [...keys].map((key) => ({ ...key, expireAt: null }));
    const sorted = [...states.values()].sort((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
    expect(withoutExpiry(sorted)).toEqual(withoutExpiry(run.after.databases[0]?.keys ?? []));
  });

  it('takes a transaction as one step, and tells what each of its commands answered', async () => {
    const found = await replayed(
      [],
      ['MULTI', 'SET a 1', 'INCR a', 'HGET a f', 'EXEC', 'MULTI', 'SET a 9', 'DISCARD', 'GET a'],
    );
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps.map(({ entry, entries }) => [entry, entries])).toEqual([
      ...[
        [0, 1],
        [1, 4],
        [5, 1],
        [6, 1],
        [7, 1],
      ],
    ]);
    const [, transaction] = found.replay.steps;
    expect(transaction?.replies?.map(({ text }) => text)).toEqual([
      ...['OK', '(integer) 2', expect.stringMatching(/^\(error\) WRONGTYPE/)],
    ]);
    expect(changesOf(transaction ?? { changes: [] })).toEqual([['a', null, '2']]);
    expect(found.replay.steps.at(-1)?.reply?.text).toBe('"2"');
  });

  it('lets a watched key that another client writes abort the transaction again', async () => {
    const found = await replayOf(server, ['SET a 1'], async (send) => {
      await send('one', 'WATCH a');
      await send('two', 'INCR a');
      await send('one', 'MULTI');
      await send('one', 'SET a 10');
      await send('one', 'EXEC');
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps.at(-1)).toMatchObject({ reply: { kind: 'nil' }, changes: [] });
  });

  it('knows the database of each change', async () => {
    const found = await replayed(
      ['SET a 1'],
      ['SELECT 2', 'SET b 2', 'COPY b c DB 3', 'SELECT 0', 'MOVE a 5', 'SWAPDB 2 3', 'FLUSHALL'],
    );
    expect(found.replay).toMatchObject(WHOLE);
    expect(allChanges(found)).toEqual([
      [],
      [['2:b', null, '2']],
      [['3:c', null, '2']],
      [],
      [
        ['a', '1', null],
        ['5:a', null, '1'],
      ],
      expect.arrayContaining([
        ...[
          ['2:b', '2', null],
          ['3:b', null, '2'],
          ['3:c', '2', null],
          ['2:c', null, '2'],
        ],
      ]),
      expect.arrayContaining([
        ['5:a', '1', null],
        ['2:c', '2', null],
        ['3:b', '2', null],
      ]),
    ]);
  });

  it('knows what two databases hold that change places', async () => {
    const found = await replayed([], ['SELECT 1', 'SET a 1', 'SWAPDB 0 1']);
    expect(found.replay).toMatchObject(WHOLE);
    expect(allChanges(found).at(-1)).toEqual(
      expect.arrayContaining([
        ['1:a', '1', null],
        ['a', null, '1'],
      ]),
    );
  });

  it('tells what Lua changed as a change of the command that ran it', async () => {
    const found = await replayed(
      ['SET a 1'],
      [
        `EVAL "redis.call('INCR', KEYS[1]) redis.call('SET', 'hidden', ARGV[1]) return {1, 'x'}" 1 a arg`,
        'SCRIPT FLUSH',
        'SET b 1',
        `SCRIPT LOAD "return redis.call('INCR', KEYS[1])"`,
        'EVALSHA 0f6b3db3e1ea39de38e5ec0dba5d5bca4d4c9b9a 1 b',
      ],
    );
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps[0]).toMatchObject({ entry: 0, entries: 3, reply: { kind: 'value' } });
    expect(allChanges(found)[0]).toEqual([
      ['a', '1', '2'],
      ['hidden', null, 'arg'],
    ]);
    expect(allChanges(found)[2]).toEqual([['b', null, '1']]);
  });

  it('runs commands that change a connection, and leaves out those that would end it', async () => {
    const found = await replayed(
      [],
      [
        'HELLO 3',
        'HSET h a 1',
        'HGETALL h',
        'CLIENT REPLY ON',
        'RESET',
        'HGETALL h',
        'PUBLISH c m',
        'SUBSCRIBE c',
      ],
    );
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found)).toEqual([
      ...[
        expect.any(String),
        '(integer) 1',
        '1# "a" => "1"',
        null,
        'RESET',
        '1) "a"\n2) "1"',
        '(integer) 0',
        null,
      ],
    ]);
  });
});
