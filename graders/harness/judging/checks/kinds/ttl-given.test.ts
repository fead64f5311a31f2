import { describe, expect, it } from 'vitest';
import { type Command, makeView, START } from '../../../testing/evidence.ts';
import { ttlGiven } from './ttl-given.ts';

function judge(commands: Command[]) {
  return ttlGiven.judge({ key: 'k', milliseconds: 300, tolerance: 100 }, makeView({ commands }));
}

describe('ttl-given', () => {
  it.each<[string, Command[]]>([
    ['PX', ['SET k v PX 300']],
    ['other options beside', ['SET k v NX GET px 300']],
    ['PSETEX', ['PSETEX k 300 v']],
    ['a command of its own', ['SET k v', 'PEXPIRE k 300']],
    ['GETEX', ['SET k v', 'GETEX k PX 300']],
    ['a point in time', [`SET k v PXAT ${START + 300}`]],
    ['a point in time, by a command of its own', ['SET k v', `PEXPIREAT k ${START + 280}`]],
    ['what keeps the TTL', ['SET k v PX 300', 'SET k w KEEPTTL', 'GETEX k', 'GET k', 'APPEND k x']],
    ['a later correction', ['SET k v EX 300', 'SET k v PX 300']],
    ['one in a Lua script', ['EVAL s 1 k', { run: 'SET k v PX 300', lua: true }]],
    [
      'what befalls others',
      ['SET k v PX 300', 'SET other v EX 5', 'MSET a k b c', { run: 'PERSIST k', db: 1 }],
    ],
  ])('passes %s', (_, commands) => {
    expect(judge(commands)).toEqual({ passed: true });
  });

  it.each<[string, Command[], string]>([
    ['seconds', ['SET k v EX 300'], 'a TTL of about 300000 ms (300 s)'],
    ['seconds of SETEX', ['SETEX k 300 v'], 'a TTL of about 300000 ms (300 s)'],
    ['a third', ['SET k v PX 30'], 'a TTL of about 30 ms'],
    ['a point in time as a TTL', ['SET k v PXAT 300'], 'a TTL of about -'],
    ['no TTL', ['SET k v'], 'no TTL: the key would stay for ever'],
    ['one that is taken away', ['SET k v PX 300', 'PERSIST k'], 'no TTL: the key would stay for ever'],
    ['one that is written over', ['SET k v PX 300', 'MSET k w'], 'no TTL: the key would stay for ever'],
    ['one that is written over by SETNX', ['SETNX k w'], 'no TTL: the key would stay for ever'],
    ['no number', ['SET k v PX soon'], 'no command gave k a TTL'],
    ['another key', ['SET K v PX 300'], 'no command gave k a TTL'],
    ['another database', [{ run: 'SET k v PX 300', db: 1 }], 'no command gave k a TTL'],
  ])('fails %s', (_, commands, actual) => {
    expect(judge(commands)).toMatchObject({
      passed: false,
      expected: 'a TTL of about 300 ms',
      actual: expect.stringContaining(actual),
    });
  });

  it('takes no notice of a command that was refused', () => {
    const view = makeView({
      commands: [
        { run: 'SET k v PX 300', line: 1 },
        { run: 'SET k v PX 300 EX 300', line: 2 },
      ],
      replies: [{ line: 2, args: [], reply: '(error) ERR syntax error', error: true }],
    });
    expect(ttlGiven.judge({ key: 'k', milliseconds: 300, tolerance: 100 }, view)).toEqual({ passed: true });
  });
});
