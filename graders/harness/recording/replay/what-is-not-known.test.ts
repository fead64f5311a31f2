import { describe, expect, it } from 'vitest';
import { ReplayLimits } from '../../evidence/limits.ts';
import { replayOf, replayOfCommands, WHOLE, wholeRun } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';
import { replayRun } from './replay.ts';

const server = useServer();
const replayed = (setup: string[], commands: string[]) => replayOfCommands(server, setup, commands);

describe('what is not known', () => {
  it('is a key whose end is another one', async () => {
    const { replay } = await replayed(
      ['SET b 1'],
      [`EVAL "return redis.call('SET', KEYS[1], table.concat(redis.call('TIME'), '.'))" 1 a`, 'INCR b'],
    );
    expect(replay).toMatchObject({ until: 'end', unlike: [{ db: 0, key: 'a' }] });
    expect(replay.steps).toHaveLength(2);
  });

  it('is a key of a script that does something else when it is run again', async () => {
    // It can tell the runs apart by how many connections there have been, and ends alike.
    const told = /total_connections_received:(\d+)/.exec(String(await server.session.call('INFO', 'stats')));
    // The recorder's, and the client's.
    const inTheRun = Number(told?.[1]) + 2;
    const script = `local n = redis.call('INFO', 'stats'):match('total_connections_received:(%d+)')
      if tonumber(n) > ${inTheRun} then return redis.call('INCRBY', KEYS[1], 2) end
      redis.call('INCR', KEYS[1]) return redis.call('INCR', KEYS[1])`;
    const { replay } = await replayed(
      ['SET a 1', 'SET b 1'],
      [`EVAL "${script.replaceAll('\n', ' ')}" 1 a`, 'INCR b'],
    );
    expect(replay).toMatchObject({ until: 'end', unlike: [{ db: 0, key: 'a' }] });
  });

  it('is a key of a script that does something else whenever somebody might come between', async () => {
    // The calls in the run and when its trace is run again; it does the same in both of these.
    const told = /cmdstat_eval:calls=(\d+)/.exec(String(await server.session.call('INFO', 'commandstats')));
    const script = `local n = redis.call('INFO', 'commandstats'):match('cmdstat_eval:calls=(%d+)') or 0
      if tonumber(n) < ${Number(told?.[1] ?? 0) + 2} or redis.call('GET', KEYS[1]) == '7' then
        redis.call('SET', KEYS[1], 5) end`;
    const { replay } = await replayOfCommands(
      server,
      ['SET a 7', 'SET b 7'],
      ['GET a', `EVAL "${script.replaceAll('\n', ' ')}" 1 a`, 'INCR b'],
      () => [{ commands: ['SET a 4'], entry: 1, keys: ['a'] }],
    );
    expect(replay).toMatchObject({ until: 'end', unlike: [{ db: 0, key: 'a' }] });
    expect(replay.rivals).toHaveLength(1);
  });

  it('is not a key of a script that asks how much is left of a TTL, and keeps it', async () => {
    const script = `local left = redis.call('PTTL', KEYS[1]) redis.call('SET', KEYS[1], 5, 'PX', left)`;
    const { replay } = await replayOfCommands(
      server,
      ['SET a 7 EX 600', 'SET b 7 EX 600'],
      [`EVAL "${script}" 1 a`, `EVAL "${script.replace('left)', 'left - 2000)')}" 1 b`],
    );
    expect(replay).toMatchObject({ until: 'end', unlike: [] });
  });

  it('is what ran behind a gap', async () => {
    const { run } = await replayed([], ['SET a 1', 'SET b 1', 'SET c 1']);
    const entries = run.trace.entries.map((entry, index) => (index === 2 ? { ...entry, skipped: 1 } : entry));
    const { running, session } = server;
    const replay = await replayRun({
      server: running,
      session,
      setup: [],
      run: wholeRun({ ...run, trace: { entries, total: 4 } }),
    });
    expect(replay).toMatchObject({ until: 'gap', unlike: [] });
    expect(replay.steps.map(({ entry }) => entry)).toEqual([0, 1]);
  });

  it('is what of a large key a step changed', async () => {
    const size = ReplayLimits.elements + 1;
    const { replay } = await replayed(
      [`EVAL "for i = 1, ${size} do redis.call('RPUSH', KEYS[1], i) end" 1 l`],
      ['RPUSH l last'],
    );
    expect(replay).toMatchObject(WHOLE);
    expect(replay.steps[0]?.changes).toEqual([
      {
        db: 0,
        before: { key: 'l', type: 'list', size, items: [], expireAt: null },
        after: { key: 'l', type: 'list', size: size + 1, items: [], expireAt: null },
        cut: true,
      },
    ]);
  });

  it('is what a large key is that a step made', async () => {
    const { replay } = await replayed(
      [],
      [`EVAL "for i = 1, ${ReplayLimits.elements + 1} do redis.call('RPUSH', KEYS[1], i) end" 1 l`],
    );
    expect(replay).toMatchObject(WHOLE);
    expect(replay.steps[0]?.changes).toMatchObject([{ before: null, cut: true }]);
  });

  it('is what changed of keys behind so many elements that were looked at', async () => {
    const size = 1_000;
    const times = ReplayLimits.allElements / size + 50;
    const { replay } = await replayOf(
      server,
      [`EVAL "for i = 1, ${size} do redis.call('RPUSH', KEYS[1], i) end" 1 l`],
      async (send) => {
        for (let index = 0; index < times; index += 1) await send('one', `LSET l 0 v${index}`);
      },
    );
    expect(replay).toMatchObject(WHOLE);
    const cut = replay.steps.map(({ changes: [change] }) => change?.cut ?? false);
    expect(cut.indexOf(true)).toBe(Math.ceil(ReplayLimits.allElements / (size + 1)));
  });

  it('is what there was no room for', async () => {
    const count = Math.ceil(ReplayLimits.bytes / 100_000);
    const { replay } = await replayOf(server, [`SET k ${'x'.repeat(60_000)}`], async (send) => {
      for (let index = 0; index < count; index += 1) await send('one', `SETRANGE k 0 ${index}`);
    });
    expect(replay).toMatchObject({ until: 'too large', unlike: [] });
    expect(replay.steps.length).toBeGreaterThan(count / 3);
    expect(replay.steps.length).toBeLessThan(count);
    expect(JSON.stringify(replay).length).toBeLessThan(ReplayLimits.bytes + 1_000);
  });

  it('is more than the head of a long reply', async () => {
    const { replay } = await replayed([], [`SET a ${'é'.repeat(2_000)}`, 'GET a']);
    const [, get] = replay.steps;
    expect(get?.reply?.length).toBe(4_000 * 4 + 2);
    expect(Buffer.byteLength(get?.reply?.text ?? '')).toBe(ReplayLimits.replyBytes);
  });
});
