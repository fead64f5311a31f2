import { describe, expect, it } from 'vitest';
import { type Command, makeView } from '../../testing/evidence.ts';
import { atomicCount } from './atomic-count.ts';

const PASSED = { passed: true };

function judge(commands: Command[]) {
  const view = makeView({ before: { shots: '7' }, commands });
  return atomicCount.judge({ keys: ['shots', 'hits'] }, view);
}

const lua = (run: string): Command => ({ run, lua: true });

describe('atomic-count', () => {
  it.each<[string, Command[]]>([
    ['INCR', ['GET shots', 'incr shots']],
    ['INCRBY', ['INCRBY shots 1', 'INCRBYFLOAT hits 1', 'DECRBY hits -1']],
    ['a counter that is put to 0 first', ['SET hits 0', 'INCR hits']],
    ['the set-up run again', ['SET shots 7', 'INCR shots']],
    ['a Lua script that reads and writes', ['EVAL s 1 shots', lua('GET shots'), lua('SET shots 8')]],
    ['a transaction under WATCH', ['WATCH shots', 'GET shots', 'MULTI', 'SET shots 8', 'EXEC']],
    ['another string, written blindly', ['INCR hits', 'SET other 9']],
  ])('passes for %s', (_, commands) => {
    expect(judge(commands)).toEqual(PASSED);
  });

  it.each<[string, Command[], string]>([
    ['a read and a write', ['GET shots', 'SET shots 8'], 'shots: read first and written back later'],
    [
      'several read at once',
      ['MGET shots hits', 'MSET shots 8 hits 1'],
      'shots: read first and written back later\nhits: read first and written back later',
    ],
    [
      'a number that is written down',
      ['INCR shots', 'SET hits 1'],
      'hits: written without looking at what was there',
    ],
    ['no change at all', ['GET shots', 'INCR other'], 'no command changed any of the counters'],
    ['another database', [{ run: 'INCR shots', db: 1 }], 'no command changed any of the counters'],
  ])('fails for %s', (_, commands, actual) => {
    expect(judge(commands)).toMatchObject({ passed: false, actual });
  });
});
