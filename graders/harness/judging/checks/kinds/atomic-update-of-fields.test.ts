import { describe, expect, it } from 'vitest';
import { type Command, hash, makeView } from '../../../testing/evidence.ts';
import { atomicUpdate } from './atomic-update.ts';

const PASSED = { passed: true };

const lua = (run: string): Command => ({ run, lua: true });

const HAN = 'session:han_solo';
const CHEWBACCA = 'session:chewbacca';
const OTHER = '127.0.0.1:50001';

function judge(commands: Command[]) {
  const before = { [HAN]: hash({ drinks: '2', credits: '100' }), [CHEWBACCA]: hash({ drinks: '7' }) };
  const view = makeView({ before, after: before, commands });
  return atomicUpdate.judge({ keys: [HAN, CHEWBACCA], field: 'drinks' }, view);
}

describe('atomic-update of fields of hashes', () => {
  it.each<[string, Command[]]>([
    ['HINCRBY', [`HINCRBY ${HAN} drinks 1`]],
    ['HINCRBYFLOAT', [`hincrbyfloat ${HAN} drinks 1`, `hincrbyfloat ${CHEWBACCA} drinks 3`]],
    ['HINCRBY behind a read', [`HGET ${HAN} drinks`, `HINCRBY ${HAN} drinks 1`]],
    [
      'a Lua script that reads and writes',
      ['EVAL s 1 k', lua(`HGET ${HAN} drinks`), lua(`HSET ${HAN} drinks 3`)],
    ],
    ['a function', ['FCALL f 1 k', lua(`HGETALL ${HAN}`), lua(`HMSET ${HAN} credits 1 drinks 3`)]],
    [
      'a transaction under WATCH',
      [`WATCH ${HAN}`, `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
    ],
    [
      'a second attempt, for which both were watched at once',
      [
        `WATCH ${HAN}`,
        `HMGET ${HAN} credits drinks`,
        'MULTI',
        'EXEC',
        `WATCH ${CHEWBACCA} ${HAN}`,
        `HGETALL ${HAN}`,
        'MULTI',
        `HSET ${HAN} drinks 4`,
        'EXEC',
      ],
    ],
    [
      'a watched transaction, while another client opens its own',
      [
        `WATCH ${HAN}`,
        `HGET ${HAN} drinks`,
        'MULTI',
        { run: 'DISCARD', client: OTHER },
        `HSET ${HAN} drinks 3`,
      ],
    ],
    ['the set-up run again', [`HSET ${HAN} drinks 2 credits 100`, `HINCRBY ${HAN} drinks 1`]],
    ['another field written', [`HGET ${HAN} credits`, `HSET ${HAN} credits 90`, `HINCRBY ${HAN} drinks 1`]],
  ])('passes %s', (_, commands) => {
    expect(judge(commands)).toEqual(PASSED);
  });

  it.each<[string, Command[], string]>([
    [
      'a read and a write',
      [`HGET ${HAN} drinks`, `HSET ${HAN} drinks 3`],
      'read first and written back later',
    ],
    [
      'a race on one of two hashes',
      [`HINCRBY ${HAN} drinks 1`, `HGETALL ${CHEWBACCA}`, `HSET ${CHEWBACCA} drinks 10`],
      `${CHEWBACCA}: read first and written back later`,
    ],
    [
      'a write of a number written down',
      [`HSET ${HAN} drinks 3`],
      'written without looking at what was there',
    ],
    [
      'a transaction without WATCH',
      [`HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction that does not watch the key',
    ],
    [
      'a transaction that watches another key',
      [`WATCH ${CHEWBACCA}`, `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction that does not watch the key',
    ],
    [
      'a WATCH behind the read',
      [`HGET ${HAN} drinks`, `WATCH ${HAN}`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'watched only after it had been read',
    ],
    [
      'a WATCH behind the read that counts, and a read inside of the transaction',
      [`HGET ${HAN} drinks`, `WATCH ${HAN}`, 'MULTI', `HGET ${HAN} drinks`, `HSET ${HAN} drinks 3`, 'EXEC'],
      'watched only after it had been read',
    ],
    [
      'a WATCH that was given up',
      [`WATCH ${HAN}`, `HGET ${HAN} drinks`, 'UNWATCH', 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction that does not watch the key',
    ],
    [
      'a WATCH of another connection',
      [{ run: `WATCH ${HAN}`, client: OTHER }, `HGET ${HAN} drinks`, 'MULTI', `HSET ${HAN} drinks 3`, 'EXEC'],
      'in a transaction of another connection than its WATCH',
    ],
    [
      'a Lua script that only writes',
      [`HGET ${HAN} drinks`, 'EVAL s 1 k', lua(`HSET ${HAN} drinks 3`)],
      'written back by a Lua script that does not look at it again',
    ],
    [
      'a Lua script that writes what an earlier one read',
      ['EVAL s 1 k', lua(`HGET ${HAN} drinks`), 'EVAL t 1 k', lua(`HSET ${HAN} drinks 3`)],
      'written back by a Lua script that does not look at it again',
    ],
    [
      'a write of bytes that are no text',
      [`HGET ${HAN} drinks`, `HSET ${HAN} drinks "\\xff"`],
      'read first and written back later',
    ],
  ])('fails %s', (_, commands, actual) => {
    expect(judge(commands)).toMatchObject({ passed: false, actual: expect.stringContaining(actual) });
  });

  it.each<[string, Command[]]>([
    ['nothing ran', []],
    ['another field was raised', [`HINCRBY ${HAN} drink 1`]],
    ['it was raised in another database', [{ run: `HINCRBY ${HAN} drinks 1`, db: 1 }]],
    ['the set-up ran again and nothing else', [`HSET ${HAN} drinks 2`]],
  ])('fails where %s', (_, commands) => {
    expect(judge(commands)).toMatchObject({
      passed: false,
      actual: `no command changed drinks of ${HAN} or ${CHEWBACCA}`,
    });
  });

  it('shows the read and the write', () => {
    const finding = judge([
      { run: `HGET ${HAN} drinks`, line: 4 },
      { run: `HSET ${HAN} drinks 3`, line: 7 },
    ]);
    expect(finding).toMatchObject({
      commands: [
        { line: 4, command: `HGET ${HAN} drinks`, effect: 'read the number' },
        { line: 7, command: `HSET ${HAN} drinks 3`, effect: 'wrote back what was worked out from it' },
      ],
    });
  });

  it("takes the main run's set-up for a set-up in a variant", () => {
    const view = makeView(
      {
        before: { [HAN]: hash({ drinks: '2' }) },
        variants: {
          later: {
            before: { [HAN]: hash({ drinks: '5' }) },
            commands: [`HSET ${HAN} drinks 2`, `HINCRBY ${HAN} drinks 1`],
          },
        },
      },
      'later',
    );
    expect(atomicUpdate.judge({ keys: [HAN], field: 'drinks' }, view)).toEqual(PASSED);
  });
});
