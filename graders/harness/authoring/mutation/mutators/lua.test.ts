import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LUA_MUTATORS } from './lua.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const mutantsOf = (id: string, commands: string[][]) => {
  const mutator = LUA_MUTATORS.find((candidate) => candidate.id === id);
  if (!mutator) throw new Error(`there is no mutator ${id}`);
  return mutator.mutate({ commands, replies: [], moments: [] });
};
/** What becomes of a script. */
const scripts = (id: string, script: string) =>
  mutantsOf(id, [['EVAL', script, '1', 'k']]).map(([words]) => words?.[1]);

describe('LUA_MUTATORS', () => {
  it.each<[string, string, string[]]>([
    ['lua-comparison', 'if n < 5 and a ~= b then', ['if n <= 5 and a ~= b then', 'if n < 5 and a == b then']],
    ['lua-comparison', 'n = m -- m < n', []],
    ['lua-arithmetic', 'return now - window * 2', ['return now + window * 2', 'return now - window / 2']],
    ['lua-arithmetic', "call('LRANGE', 0, -1) a = -1 return -a .. b", []],
    ['lua-logic', 'a and b', ['a or b']],
    ['lua-number', 'ARGV[1] + x2 .. 60', ['ARGV[2] + x2 .. 60', 'ARGV[1] + x2 .. 61']],
    ['lua-number', "--[[ 1\n 2 ]] call('3')", []],
    ['lua-text', "call('HGET', k, 'tokens')", ["call('HGET', k, 'tokens_2')"]],
    [
      'lua-text',
      String.raw`call("EXPIRE") 'it\'s'`,
      [String.raw`call("PEXPIRE") 'it\'s'`, String.raw`call("EXPIRE") 'it\'s_2'`],
    ],
    ['lua-no-tonumber', 'a = tonumber(b)', ['a = (b)']],
    [
      'lua-drop-call',
      "a = redis.call('GET', k)\nredis.call('SET', k, f(a))\nreturn a",
      ["a = redis.call('GET', k)\n\nreturn a"],
    ],
    ['lua-drop-call', "if a then redis.call('DEL', k) end", ['if a then  end']],
    ['lua-drop-call', "server.pcall('DEL', k)", ['']],
    ['lua-drop-call', "return\nredis.call('GET', k)", []],
    ['lua-drop-call', "x =\n  redis.call('GET', k)\nredis.call('TIME')[1]", []],
  ])('%s: %s', (id, script, expected) => {
    expect(scripts(id, script)).toEqual(expected);
  });

  it('find the source in SCRIPT LOAD, and call it by its new digest', () => {
    const commands = [
      ['script', 'load', 'return 1'],
      ['EVALSHA', sha1('return 1').toUpperCase(), '0'],
    ];
    expect(mutantsOf('lua-number', commands)).toEqual([
      [
        ['script', 'load', 'return 2'],
        ['EVALSHA', sha1('return 2'), '0'],
      ],
    ]);
  });

  it('change a script that is written out twice in both places', () => {
    const twice = (script: string) => [
      ['EVAL', script, '0'],
      ['EVAL', script, '1', 'k'],
    ];
    expect(mutantsOf('lua-number', twice('return 1'))).toEqual([twice('return 2')]);
  });

  it('find the source in FUNCTION LOAD', () => {
    const library = (body: string) => ['FUNCTION', 'LOAD', 'REPLACE', `#!lua name=lib\n${body}`];
    expect(mutantsOf('lua-number', [library('return 1')])).toEqual([[library('return 2')]]);
  });

  it('leave commands without Lua alone', () => {
    const commands = [['SET', 'k', '1'], ['SCRIPT', 'FLUSH'], ['EVALSHA', 'abc', '1', '1'], ['EVAL']];
    for (const { mutate } of LUA_MUTATORS) expect(mutate({ commands, replies: [], moments: [] })).toEqual([]);
  });
});
