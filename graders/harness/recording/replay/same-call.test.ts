import { describe, expect, it } from 'vitest';
import { isSameCall } from './same-call.ts';

const call = (line: string, db = 0, at = 0) => ({ at, db, source: 'lua', line: null, args: line.split(' ') });

describe('two commands that a Lua script ran', () => {
  it.each([
    ['SET k 5', 'SET k 5', true],
    ['SET k 5', 'SET k 6', false],
    ['SET k 5', 'SET k 5 NX', false],
    ['SET k 5 PX 599990', 'SET k 5 px 599990', false],
    ['SET k 5 PX 599990', 'SET k 5 PX 599120', true],
    ['SET k 5 PX 599990', 'SET k 5 PX 590000', false],
    ['SET k 5 EX 600', 'SET k 5 EX 599', true],
    ['SET k 5 EX 600', 'SET k 5 EX 590', false],
    ['EXPIREAT k 1700000001', 'EXPIREAT k 1700000000', true],
    ['EXPIREAT k 1700000020', 'EXPIREAT k 1700000000', false],
    ['PSETEX k 600 a', 'PSETEX k 500 a', true],
    ['SETEX k 600 7', 'SETEX k 600 8', false],
    ['HSET PX 1 2', 'HSET PX 1 3', false],
  ])('%s, and then %s: %s', (one, other, isSame) => {
    expect(isSameCall(call(one), call(other), 0)).toBe(isSame);
  });

  it('may be as far apart as time had passed', () => {
    const [early, late] = [call('SET k 5 PX 600000'), call('SET k 5 PX 580000')];
    expect(isSameCall(early, late, 14_000)).toBe(false);
    expect(isSameCall(early, late, 16_000)).toBe(true);
  });

  it('expire as long after they ran', () => {
    const [early, late] = [call('PEXPIREAT k 600000'), call('PEXPIREAT k 660000', 0, 60_000_000)];
    expect(isSameCall(early, late, 0)).toBe(true);
    expect(isSameCall(early, call('PEXPIREAT k 600000', 0, 60_000_000), 0)).toBe(true);
  });

  it('are others in another database', () => {
    expect(isSameCall(call('SET k 5'), call('SET k 5', 1), 0)).toBe(false);
  });
});
