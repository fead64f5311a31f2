import { describe, expect, it } from 'vitest';
import { applyChange } from '../../evidence/change.ts';
import type { KeySnapshot } from '../../evidence/evidence.ts';
import { changesOf, replayOf, replayOfCommands, repliesOf, WHOLE } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';

const server = useServer();
const SETUP = [
  'XADD signals 1000-0 from hoth',
  'XADD signals 2000-0 from endor',
  'XGROUP CREATE signals rescue 0',
  'XREADGROUP GROUP rescue dead COUNT 1 STREAMS signals >',
];

describe('a replay of a stream', () => {
  it('has the entries under the ids that the server chose in the run', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `XADD s MAXLEN ~ 100 * n ${index}`);
    const found = await replayOfCommands(
      server,
      [],
      [
        ...many,
        'XTRIM s MAXLEN 3',
        'XADD t NOMKSTREAM * a 1',
        'XADD u MINID = 5 LIMIT 0 * a 1',
        'XADD u * a 1',
      ],
    );
    expect(found.replay).toMatchObject(WHOLE);
  });

  it('has them in a transaction, too', async () => {
    const found = await replayOfCommands(
      server,
      [],
      ['MULTI', 'XADD s * a 1', 'XADD s * a 1', 'EXEC', 'XADD s * a 2'],
    );
    expect(found.replay).toMatchObject(WHOLE);
  });

  it('tells what each command did to the entries and the groups', async () => {
    const found = await replayOfCommands(server, SETUP, [
      'XADD signals 3000-0 from naboo',
      'XREADGROUP GROUP rescue luke STREAMS signals >',
      'XACK signals rescue 2000-0',
      'XDEL signals 3000-0',
      'XACK signals rescue 9-9',
    ]);
    expect(found.replay).toMatchObject(WHOLE);
    expect(found.replay.steps.slice(0, 1).map(changesOf)).toEqual([[['signals', [], ['3000-0=from naboo']]]]);
    const [before] = found.run.before.databases[0]?.keys ?? [];
    let state: KeySnapshot | null = before ?? null;
    for (const { changes } of found.replay.steps)
      for (const change of changes) state = applyChange(state, change);
    expect(state).toEqual(found.run.after.databases[0]?.keys[0]);
    expect(repliesOf(found).at(-1)).toBe('(integer) 0');
  });

  it('gives entries the time that they were with a consumer', async () => {
    const found = await replayOf(server, SETUP, async (send) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      await send('one', 'XAUTOCLAIM signals rescue luke 100 0');
      await send('one', 'XCLAIM signals rescue leia 60000 1000-0');
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found)[0]).toContain('hoth');
  });
});

describe('a replay of fields that expire', () => {
  it('has them go when they went, and tells the TTL in the time of the run', async ({ skip }) => {
    const [known] = await server.session.tryAll([['HEXPIRE', 'k', '1', 'FIELDS', '1', 'f']]);
    if (known === undefined) skip('the server has no such command');
    const found = await replayOf(server, ['HSET h a 1 b 2 c 3', 'HEXPIRE h 500 FIELDS 1 c'], async (send) => {
      await send('one', 'HPEXPIRE h 100 FIELDS 1 a');
      await send('one', 'HEXPIRE h 60 FIELDS 1 b');
      await new Promise((resolve) => setTimeout(resolve, 200));
      await send('one', 'HGETALL h');
    });
    expect(found.replay).toMatchObject(WHOLE);
    expect(repliesOf(found).at(-1)).not.toContain('"a"');
  });
});
