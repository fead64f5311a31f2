import { describe, expect, it } from 'vitest';
import { type Command, type Keys, makeView } from '../../../testing/evidence.ts';
import { oneStep } from './one-step.ts';

const OTHER = '127.0.0.1:50001';
const lua = (run: string): Command => ({ run, lua: true });

function judge(action: 'write' | 'read', commands: Command[], before: Keys = {}) {
  return oneStep.judge({ prefix: 'k:', number: 2, action }, makeView({ commands, before }));
}

describe('one-step', () => {
  it.each<[string, Command[]]>([
    ['MSET', ['MSET k:a 1 other 2 k:b 3']],
    ['MSETNX', ['msetnx k:a 1 k:b 2']],
    ['a transaction', ['MULTI', 'SET k:a 1', { run: 'PING', client: OTHER }, 'SETEX k:b 5 2', 'EXEC']],
    ['a Lua script', ['EVAL s 2 k:a k:b', lua('SET k:a 1'), lua('SET k:b 2')]],
    ['one of several attempts', ['SET k:a 1', 'SET k:b 1', 'MSET k:b 1 k:a 2']],
  ])('passes what %s writes', (_, commands) => {
    expect(judge('write', commands)).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['several commands', ['SET k:a 1', 'SET k:b 2'], 'written in several steps, no more than 1 in each'],
    ['one key twice', ['MSET k:a 1 k:a 2'], 'written in several steps, no more than 1 in each'],
    ['two scripts', ['EVAL s 0', lua('SET k:a 1'), 'EVAL s 0', lua('SET k:b 1')], 'in several steps'],
    ['other keys', ['MSET a 1 k:a 1'], 'in several steps'],
    ['values that look like keys', ['MSET a k:a b k:b'], 'none of them was written'],
    ['another database', [{ run: 'MSET k:a 1 k:b 2', db: 1 }], 'none of them was written'],
    ['nothing', [], 'none of them was written'],
  ])('fails what is written by %s', (_, commands, actual) => {
    expect(judge('write', commands)).toMatchObject({
      passed: false,
      actual: expect.stringContaining(actual),
    });
  });

  it.each<[string, Command[]]>([
    ['MGET', ['MSET k:a 1 k:b 2', 'MGET k:b other k:a']],
    ['a transaction', ['SET k:a 1', 'SET k:b 2', 'MULTI', 'GET k:a', 'GETEX k:b', 'EXEC']],
    ['the transaction that wrote it', ['MULTI', 'MSET k:a 1 k:b 2', 'MGET k:a k:b', 'EXEC']],
  ])('passes what %s reads', (_, commands) => {
    expect(judge('read', commands)).toEqual({ passed: true });
  });

  it('takes what the set-up left for written', () => {
    expect(judge('read', ['MGET k:a k:b'], { 'k:a': '1', 'k:b': '2' })).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['too early', ['MGET k:a k:b', 'MSET k:a 1 k:b 2'], 'read before they were written'],
    ['one by one', ['MSET k:a 1 k:b 2', 'GET k:a', 'GET k:b'], 'read in several steps'],
    ['never', ['MSET k:a 1 k:b 2'], 'none of them was read'],
  ])('fails what is read %s', (_, commands, actual) => {
    expect(judge('read', commands)).toMatchObject({ passed: false, actual: expect.stringContaining(actual) });
  });

  it('takes no notice of a command that was refused', () => {
    const view = makeView({
      commands: [{ run: 'MSET k:a 1 k:b', line: 1 }],
      replies: [{ line: 1, args: [], reply: '(error) ERR wrong number of arguments', error: true }],
    });
    expect(oneStep.judge({ prefix: 'k:', number: 2, action: 'write' }, view)).toMatchObject({
      passed: false,
    });
  });
});
