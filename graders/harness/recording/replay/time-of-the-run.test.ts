import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allChanges, replayOf, repliesOf, WHOLE } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();

describe('expiries', () => {
  it('are told in the time of the run', async () => {
    const { run, replay } = await replayOf(server, ['SET old x EX 500'], async (send) => {
      await sleep(300);
      await send('one', 'SET a 1 EX 100');
      await send('one', 'SET b 1');
      await send('one', 'PEXPIREAT b 4102444800123');
      await send('one', 'COPY a c');
    });
    expect(replay).toMatchObject(WHOLE);
    const at = (index: number) => Math.floor((run.trace.entries[index]?.at ?? 0) / 1000);
    const expiries = replay.steps.map(({ changes }) => changes[0]?.after?.expireAt);
    expect(expiries).toEqual([at(0) + 100_000, null, 4102444800123, at(0) + 100_000]);
    expect(run.after.databases[0]?.keys.find(({ key }) => key === 'old')).toMatchObject({
      expireAt: run.before.databases[0]?.keys[0]?.expireAt,
    });
  });

  it('come again where a point in time was named', async () => {
    const soon = Math.ceil(Date.now() / 1000) * 1000 + 1_000;
    const found = await replayOf(server, ['SET b 1'], async (send) => {
      await send('one', `SET a 1 EXAT ${soon / 1000}`);
      await send('one', `PEXPIREAT b ${soon + 100}`);
      await send('one', 'GET a');
      await sleep(soon + 300 - Date.now());
      await send('one', 'EXISTS a b');
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found)).toEqual(['OK', '(integer) 1', '"1"', null, '(integer) 0']);
    const expiries = found.replay.steps.map(({ changes }) => changes[0]?.after?.expireAt);
    expect(expiries).toEqual([soon, soon + 100, undefined, undefined, undefined]);
  });

  it('come at the same step again', async () => {
    const found = await replayOf(server, [], async (send) => {
      await send('one', 'SET a 1 PX 40');
      await send('one', 'EXISTS a');
      await sleep(120);
      await send('one', 'EXISTS a');
      await send('one', 'SET b 1 PX 1');
      await sleep(20);
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps.map(({ entry, entries, reply }) => [entry, entries, reply?.text])).toEqual([
      [0, 1, 'OK'],
      [1, 1, '(integer) 1'],
      [2, 0, undefined],
      [2, 1, '(integer) 0'],
      [3, 1, 'OK'],
      [4, 0, undefined],
    ]);
    expect(allChanges(found)[2]).toEqual([['a', ['1', 'expires'], null]]);
  });
});

describe('commands that wait', () => {
  it('are served by the same step of another client', async () => {
    const found = await replayOf(server, [], async (send) => {
      await send('one', 'BLMOVE l m LEFT LEFT 0', { waitFor: false });
      await send('two', 'RPUSH l a b');
      await send('two', 'LLEN l');
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found)).toEqual(['"a"', '(integer) 2', '(integer) 1']);
    expect(allChanges(found)).toEqual([
      [],
      [
        ['l', null, ['b']],
        ['m', null, ['a']],
      ],
      [],
    ]);
  });

  it('wait while another client runs a transaction', async () => {
    const found = await replayOf(server, ['RPUSH l a'], async (send) => {
      await send('one', 'BLMOVE none m LEFT LEFT 0', { waitFor: false });
      for (const command of ['MULTI', 'LMOVE l m LEFT LEFT', 'EXEC']) await send('two', command);
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(allChanges(found).at(-1)).toEqual([
      ['l', ['a'], null],
      ['m', null, ['a']],
    ]);
  });

  it('give up where they did in the run', async () => {
    const found = await replayOf(server, [], async (send) => {
      await send('one', 'BLPOP l 0.05');
      await send('two', 'RPUSH l a');
      await send('one', 'BRPOP l 1');
      await send('one', 'BLPOP l 0', { waitFor: false });
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found)).toEqual(['(nil)', '(integer) 1', '1) "l"\n2) "a"', null]);
  });
});
