import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, hash, keyspace, makeView } from '../../testing/evidence.ts';
import { changesOf, effectOn, effectsOf, notesOn } from './effects.ts';

const changes = (options: EvidenceOptions, key = 'k') =>
  changesOf(makeView(options), key).map(({ command, effect }) => `${command}: ${effect}`);

describe('changesOf', () => {
  it('tells the commands that changed the key, in order, and no others', () => {
    const commands = ['HSET k a 1', 'HGETALL k', 'HSET other a 1', 'EXPIRE k 60', 'DEL other k', 'GET k'];
    expect(changes({ commands })).toEqual([
      'HSET k a 1: set the field a',
      'EXPIRE k 60: set the TTL to 60 s',
      'DEL other k: removed the key and its TTL',
    ]);
  });

  it('tells what removes every key, and what Lua did', () => {
    const commands = ['FLUSHALL', { run: 'HSET k a 1', lua: true } as const, 'SWAPDB 0 1', 'FLUSHDB'];
    expect(changes({ commands })).toEqual([
      'FLUSHALL: removed every key',
      'HSET k a 1: set the field a',
      'SWAPDB 0 1: swapped two databases',
      'FLUSHDB: removed every key',
    ]);
  });

  it('tells what came too early or too late to do anything', () => {
    const none = 'did nothing: there was no such key at that time';
    expect(changes({ commands: ['EXPIRE k 60', 'HSET k a 1', 'DEL k', 'PERSIST k'] })).toEqual([
      `EXPIRE k 60: ${none}`,
      'HSET k a 1: set the field a',
      'DEL k: removed the key and its TTL',
      `PERSIST k: ${none}`,
    ]);
    expect(changes({ commands: ['EXPIRE k 60'], before: { k: hash({ a: '1' }) } })).toEqual([
      'EXPIRE k 60: set the TTL to 60 s',
    ]);
    const elsewhere = keyspace({}, { 1: { k: 'x' } });
    expect(changes({ commands: ['EXPIRE k 60', { run: 'EXPIRE k 60', db: 1 }], before: elsewhere })).toEqual([
      `EXPIRE k 60: ${none}`,
      'EXPIRE k 60: set the TTL to 60 s, in database 1',
    ]);
  });

  it('tells what the server answered with an error', () => {
    const replies = [{ line: 1, args: ['HSET'], reply: '(error) WRONGTYPE', error: true }];
    expect(changes({ commands: [{ run: 'HSET k a 1', line: 1 }], replies })).toEqual([
      'HSET k a 1: did nothing: it was answered with an error',
    ]);
  });

  it('keeps to the last ones', () => {
    const commands = Array.from({ length: 10 }, (_, index) => `INCRBY k ${index}`);
    expect(changes({ commands })).toEqual(
      [4, 5, 6, 7, 8, 9].map((by) => `INCRBY k ${by}: changed the number by ${by}`),
    );
  });
});

describe('effectOn', () => {
  it('is null for what leaves the key alone', () => {
    const [get, set] = makeView({ commands: ['GET k', 'SET k v'] }).commands;
    expect(get && effectOn('k', get)).toBeNull();
    expect(set && effectOn('other', set)).toBeNull();
  });
});

describe('notesOn and effectsOf', () => {
  it('keep to the first ones', () => {
    const view = makeView({ commands: Array.from({ length: 10 }, (_, index) => `DEL k${index}`) });
    expect(notesOn(view, view.commands)).toHaveLength(6);
    expect(notesOn(view, view.commands)[0]).toEqual({
      line: null,
      command: 'DEL k0',
      effect: null,
      index: 0,
    });
    expect(effectsOf(view, view.commands)[5]).toEqual({
      line: null,
      command: 'DEL k5',
      effect: 'removed the key and its TTL',
      index: 5,
    });
  });
});
