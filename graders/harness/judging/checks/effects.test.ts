import { describe, expect, it } from 'vitest';
import { type EvidenceOptions, makeView } from '../../testing/evidence.ts';
import { replayOfCommands, viewOfReplayed } from '../../testing/replayed.ts';
import { useServer } from '../../testing/server.ts';
import { changesOf, effectsOf, fieldChangesOf, notesOn, ttlChangesOf } from './effects.ts';

const server = useServer();

async function changes(commands: string[], setup: string[] = []): Promise<string[]> {
  const view = viewOfReplayed(await replayOfCommands(server, setup, commands));
  return changesOf(view, 'k').map(({ command, effect }) => `${command}: ${effect}`);
}

describe('changesOf', () => {
  it('tells the commands that changed the key, in order, and no others', async () => {
    const commands = ['HSET k a 1', 'HGETALL k', 'HSET other a 1', 'EXPIRE k 60', 'DEL other k', 'GET k'];
    expect(await changes(commands)).toEqual([
      'HSET k a 1: new hash with 1 field',
      'EXPIRE k 60: TTL none → 60 s',
      'DEL other k: removed the key',
    ]);
  });

  it('tells what removes every key, and what Lua and transactions did', async () => {
    expect(
      await changes([
        `EVAL "return redis.call('SET', KEYS[1], '1')" 1 k`,
        'FLUSHALL',
        'MULTI',
        'SET k 1',
        'GET k',
        'EXEC',
        'SWAPDB 0 1',
      ]),
    ).toEqual([
      'SET k 1: new string 1',
      'FLUSHALL: removed the key',
      'SET k 1: new string 1',
      'SWAPDB 0 1: removed the key; new string 1, in database 1',
    ]);
    // What the server refused has done nothing, be it the last of its transaction.
    expect(await changes(['MULTI', 'SET k 1', 'LPUSH k x', 'EXEC'])).toEqual(['SET k 1: new string 1']);
  });

  it('tells what came too early or too late to do anything, or was refused', async () => {
    const none = 'did nothing: there was no such key at that time';
    expect(
      await changes(['EXPIRE k 60', 'HSET k a 1', 'LPUSH k a', 'HSETNX k a 2', 'DEL k', 'PERSIST k']),
    ).toEqual([
      `EXPIRE k 60: ${none}`,
      'HSET k a 1: new hash with 1 field',
      'LPUSH k a: did nothing: the server refused it: WRONGTYPE Operation against a key holding the wrong kind of value',
      'HSETNX k a 2: did nothing',
      'DEL k: removed the key',
      `PERSIST k: ${none}`,
    ]);
    expect(await changes(['EXPIRE k 60'], ['SET k 1'])).toEqual(['EXPIRE k 60: TTL none → 60 s']);
    expect(await changes(['SELECT 1', 'SET k 1'])).toEqual(['SET k 1: new string 1, in database 1']);
  });

  it('keeps to the last ones', async () => {
    const commands = Array.from({ length: 10 }, (_, index) => `INCRBY k ${index + 1}`);
    const found = await changes(commands);
    expect(found).toHaveLength(6);
    expect(found[0]).toBe('INCRBY k 5: 10 → 15');
  });

  it('names the commands that name the key where it is not known what they did', () => {
    const told = (options: EvidenceOptions) =>
      changesOf(makeView(options), 'k').map(({ command, effect }) => `${command}: ${effect}`);
    const replies = [{ line: 2, args: ['HSET'], reply: '(error) WRONGTYPE', error: true }];
    const commands = ['SET k 1', { run: 'HSET k a 1', line: 2 }, 'SET other 1'];
    expect(told({ commands, replies })).toEqual([
      'SET k 1: null',
      'HSET k a 1: did nothing: the server refused it: WRONGTYPE',
    ]);
  });
});

describe('effectsOf', () => {
  it('tells what commands did to what they write', async () => {
    const view = viewOfReplayed(
      await replayOfCommands(server, ['SET k 1'], ['GET k', 'COPY k l', 'DEL none k']),
    );
    expect(effectsOf(view, view.commands).map(({ effect }) => effect)).toEqual([
      null,
      'new string 1',
      'did nothing: there was no such key at that time',
    ]);
  });
});

describe('notesOn', () => {
  it('keeps to the first ones', () => {
    const view = makeView({ commands: Array.from({ length: 10 }, (_, index) => `DEL k${index}`) });
    expect(notesOn(view, view.commands)).toHaveLength(6);
    expect(notesOn(view, view.commands)[0]).toEqual({
      line: null,
      command: 'DEL k0',
      effect: null,
      index: 0,
    });
  });
});

describe('ttlChangesOf', () => {
  const ttlChanges = async (commands: string[]) => {
    const view = viewOfReplayed(await replayOfCommands(server, [], commands));
    return ttlChangesOf(view, 'k').map(({ command }) => command);
  };

  it('tells only what changed the TTL of the key, or was meant to', async () => {
    expect(
      await ttlChanges([
        'EXPIRE k 60',
        'HSET k a 1',
        'EXPIRE k 60',
        'HSET k a 2',
        'EXPIRE other 5',
        'PERSIST k',
      ]),
    ).toEqual(['EXPIRE k 60', 'EXPIRE k 60', 'PERSIST k']);
    expect(await ttlChanges(['SET k 1 EX 60', 'APPEND k 2', 'SET k 3'])).toEqual([
      'SET k 1 EX 60',
      'SET k 3',
    ]);
    expect(await ttlChanges(['SET k 1', 'EXPIREAT k 1', 'SET k 2'])).toEqual(['EXPIREAT k 1']);
  });

  it('tells what made the key if nothing did', async () => {
    expect(await ttlChanges(['SET k 1', 'DEL k', 'SET k 2', 'APPEND k 3'])).toEqual(['SET k 2']);
  });

  it('tells what names the key if it is not known what commands did', () => {
    const commands = ['SET k 1', 'EXPIRE k 60'];
    expect(ttlChangesOf(makeView({ commands }), 'k').map(({ command }) => command)).toEqual(commands);
  });
});

describe('fieldChangesOf', () => {
  const fieldChanges = async (commands: string[]) => {
    const view = viewOfReplayed(await replayOfCommands(server, [], commands));
    return fieldChangesOf(view, 'k', new Set(['a'])).map(({ command }) => command);
  };

  it('tells what made the hash and what changed these fields', async () => {
    expect(
      await fieldChanges(['HSET k a 1 b 1', 'EXPIRE k 60', 'HSET k b 2', 'HINCRBY k a 1', 'HSETNX k a 5']),
    ).toEqual(['HSET k a 1 b 1', 'HINCRBY k a 1', 'HSETNX k a 5']);
  });

  it('tells every change if none is of these fields', async () => {
    const view = viewOfReplayed(await replayOfCommands(server, ['HSET k b 1'], ['HSET k b 2']));
    expect(fieldChangesOf(view, 'k', new Set(['a'])).map(({ command }) => command)).toEqual(['HSET k b 2']);
  });
});

describe('what the server refused to run', () => {
  it('is told, with its answer, in the order of the lines', () => {
    const replies = [
      {
        line: 2,
        args: ['EXPIRE', 'k'],
        reply: "(error) ERR wrong number of arguments for 'expire' command",
        error: true,
      },
    ];
    const commands = [
      { run: 'SET k 1', line: 1 },
      { run: 'SET k 2', line: 3 },
    ];
    expect(changesOf(makeView({ commands, replies }), 'k')).toEqual([
      { line: 1, command: 'SET k 1', effect: null, index: 0 },
      {
        line: 2,
        command: 'EXPIRE k',
        effect: "did nothing: the server refused it: ERR wrong number of arguments for 'expire' command",
      },
      { line: 3, command: 'SET k 2', effect: null, index: 1 },
    ]);
  });
});
