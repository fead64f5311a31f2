import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { PASS as PASSED } from '../finding.ts';
import { scriptCalled } from './script-called.ts';

const calls = [
  { keys: ['shots'], args: [{ number: 1000 }] },
  { keys: ['hits'], args: [{ number: 1000 }] },
];
const digest = createHash('sha1').update('return 1').digest('hex');

function find(...commands: string[]) {
  return judgeCheck(scriptCalled, { calls }, { commands });
}

describe('script-called', () => {
  it.each([
    ['by its text', ['EVAL "return 1" 1 hits 1000', 'EVAL "return 1" 1 shots 1000.0']],
    [
      'by its text, then by its digest',
      ['EVAL "return 1" 1 shots 1000', `EVALSHA ${digest.toUpperCase()} 1 hits 1000`],
    ],
    ['as a function', ['FCALL watch 1 shots 1000', 'FCALL watch 1 hits 1000']],
    [
      'and others as well',
      ['EVAL x 0', 'EVAL y 1 shots 1000', 'FCALL f 1 shots 1000', 'FCALL f 1 hits 1000'],
    ],
  ])('passes where it was called %s', (_, commands) => {
    expect(find(...commands)).toEqual(PASSED);
  });

  it('says which call is missing, and which were made', () => {
    expect(find('EVAL x 1 shots 1000', 'EVAL x 1 hits 900', 'EVAL x 0 hits 1000')).toEqual({
      passed: false,
      expected: 'a call of the Lua script with KEYS hits and ARGV 1000',
      actual: [
        'called with KEYS shots and ARGV 1000',
        'called with KEYS hits and ARGV 900',
        'called with KEYS empty and ARGV hits 1000',
      ].join('\n'),
    });
    expect(find('EVAL x 1 shots 1000 5')).toMatchObject({ passed: false });
    expect(find('EVAL x 1 shots "1000 "')).toMatchObject({ passed: false });
    expect(find('GET shots')).toMatchObject({ actual: 'no Lua script was called in database 0' });
  });

  it('counts calls in database 0 alone', () => {
    const commands = ['EVAL x 1 shots 1000', { run: 'EVAL x 1 hits 1000', db: 1 }];
    expect(judgeCheck(scriptCalled, { calls }, { commands })).toMatchObject({
      passed: false,
      actual: 'called with KEYS shots and ARGV 1000',
    });
  });

  it('tells scripts of different text apart', () => {
    expect(find('EVAL x 1 shots 1000', 'EVAL y 1 hits 1000')).toMatchObject({
      passed: false,
      actual: 'each call has a script of its own',
      commands: [{ command: 'EVAL x 1 shots 1000' }, { command: 'EVAL y 1 hits 1000' }],
    });
  });
});
