import { describe, expect, expectTypeOf, it } from 'vitest';
import { makeView } from '../../testing/evidence.ts';
import {
  COMMAND_PATTERN_DEFINITION,
  type CommandPatterns,
  matchesCommand,
  patternNames,
} from './command-pattern.ts';
import type { Static } from './parameters.ts';

it('is of the type that its schema gives', () => {
  type Pattern = Exclude<CommandPatterns, { anyOf: unknown }>;
  expectTypeOf<Static<typeof COMMAND_PATTERN_DEFINITION>>().toEqualTypeOf<Pattern>();
  expect(COMMAND_PATTERN_DEFINITION.required).toEqual(['command']);
});

function matches(patterns: CommandPatterns, run: string, lua?: true): boolean {
  const [command] = makeView({ commands: [lua ? { run, lua } : run] }).commands;
  return command !== undefined && matchesCommand(patterns, command);
}

describe('matchesCommand', () => {
  it.each<[CommandPatterns, string]>([
    [{ command: 'hgetall' }, 'HGetAll k'],
    [{ command: ['HSET', 'HMSET'] }, 'HMSET k f v'],
    [{ command: 'SCRIPT LOAD' }, 'script load x'],
    [{ command: 'HGET', args: ['k', 'credits'] }, 'HGET k credits'],
    [{ command: 'HGET', args: ['k'] }, 'HGET k credits'],
    [{ command: 'EXPIRE', args: ['k', 3600] }, 'EXPIRE k 3600'],
    [{ command: 'SCAN', args: [{ any: true }], options: { MATCH: 'session:*' } }, 'SCAN 0 match session:*'],
    [
      { command: 'SCAN', options: { TYPE: { oneOf: ['hash', 'HASH'] }, COUNT: 100 } },
      'SCAN 0 COUNT 100 TYPE HASH',
    ],
    [
      { command: 'HMGET', args: ['k'], has: ['species', 'username', 'credits'] },
      'HMGET k username credits species',
    ],
    [{ command: 'HMGET', has: [7] }, 'HMGET k 7'],
    [{ command: 'DEL', has: [{ pattern: '^k:' }] }, 'DEL other k:1'],
    [{ command: 'HSET', args: ['k'], without: ['username'] }, 'HSET k credits 9500'],
    [{ anyOf: [{ command: 'KEYS' }, { command: 'SCAN', options: { TYPE: 'hash' } }] }, 'SCAN 0 TYPE hash'],
    [{ command: 'GET', lua: false }, 'GET k'],
    [{ command: 'ZRANGE', args: ['k', 0, 4], flags: ['REV', 'WITHSCORES'] }, 'ZRANGE k 0 4 withscores Rev'],
    [{ command: 'ZRANGE', args: ['k', 0, 2], withoutFlags: ['REV', 'BYSCORE'] }, 'ZRANGE k 0 2 WITHSCORES'],
  ])('%j means %s', (patterns, command) => {
    expect(matches(patterns, command)).toBe(true);
  });

  it.each<[CommandPatterns, string]>([
    [{ command: 'ZRANGE', flags: ['REV'] }, 'ZRANGE k 0 4'],
    [{ command: 'ZRANGE', withoutFlags: ['REV', 'BYSCORE'] }, 'ZRANGE k 0 4 byscore'],
    [{ command: 'HGET' }, 'HGETALL k'],
    [{ command: 'SCRIPT LOAD' }, 'SCRIPT FLUSH'],
    [{ command: 'SCRIPT' }, 'SCRIPT LOAD x'],
    [{ command: 'HGET', args: ['k', 'credits'] }, 'HGET k'],
    [{ command: 'HGET', args: ['k', { any: true }] }, 'HGET k'],
    [{ command: 'HGET', args: ['K'] }, 'HGET k credits'],
    [{ command: 'HMGET', args: ['k'], has: ['k'] }, 'HMGET k f'],
    [{ command: 'HMGET', has: ['Credits'] }, 'HMGET k credits'],
    [{ command: 'DEL', has: [{ pattern: '^k:' }] }, 'DEL other ak:1'],
    [{ command: 'HSET', without: ['username'] }, 'HSET k credits 9500 username hsolo'],
    [{ command: 'SCAN', options: { TYPE: 'hash' } }, 'SCAN 0 MATCH hash'],
    [{ command: 'SCAN', options: { TYPE: 'hash' } }, 'SCAN 0 TYPE'],
    [{ anyOf: [{ command: 'KEYS' }, { command: 'SCAN', has: ['x'] }] }, 'SCAN 0'],
    [{ command: 'GET', args: [{ any: true }] }, 'GET "\\xff"'],
    [{ command: 'GET', lua: true }, 'GET k'],
  ])('%j does not mean %s', (patterns, command) => {
    expect(matches(patterns, command)).toBe(false);
  });

  it('tells what Lua ran where that is asked for', () => {
    expect(matches({ command: 'GET', lua: true }, 'GET k', true)).toBe(true);
    expect(matches({ command: 'GET', lua: false }, 'GET k', true)).toBe(false);
    expect(matches({ command: 'GET' }, 'GET k', true)).toBe(true);
  });
});

describe('patternNames', () => {
  it('has every name once, in upper case', () => {
    const patterns = { anyOf: [{ command: ['del', 'UNLINK'] }, { command: 'DEL' }] };
    expect(patternNames(patterns)).toEqual(new Set(['DEL', 'UNLINK']));
  });
});
