import { describe, expect, it } from 'vitest';
import { useServer } from '../../testing/server.ts';
import { askServer } from './answers.ts';
import { refusedQuestions, requireAskable } from './askable.ts';

const server = useServer();
const question = (command: string) => ({ command, db: 0 });

/** What the issue names, and the like: on data of each type. */
const ASKED: [string, unknown][] = [
  ['GEODIST stars hoth endor km', '0.1555'],
  ['geosearch stars FROMMEMBER hoth BYRADIUS 1 km ASC', ['hoth', 'endor']],
  ['GEOPOS stars nowhere', [null]],
  ['BITCOUNT bits', '2'],
  ['BITPOS bits 1', '4'],
  ['XPENDING signals crew', ['0', null, null, null]],
  ['XINFO GROUPS signals', [expect.arrayContaining(['name', 'crew', 'pending', '0'])]],
  ['XLEN "signals"', '1'],
  ['OBJECT ENCODING stars', 'listpack'],
  ['MEMORY USAGE bits', expect.stringMatching(/^\d+$/)],
  ['PFCOUNT visitors', '2'],
  ['LPOS log b', '1'],
  ['ZRANK stars hoth WITHSCORE', ['0', expect.any(String)]],
  ['FUNCTION LIST', [expect.arrayContaining(['library_name', 'fleet', 'engine', 'LUA'])]],
  ['GET stars', { error: expect.stringMatching(/^WRONGTYPE/) }],
  ['GET nothing', null],
];

describe('what the server is asked', () => {
  it('is answered as valkey-cli would show it, errors too', async () => {
    await server.session.callAll(
      [
        ['GEOADD', 'stars', '38.1', '13.3', 'hoth', '38.101', '13.301', 'endor'],
        ['SETBIT', 'bits', '4', '1'],
        ['SETBIT', 'bits', '9', '1'],
        ['XADD', 'signals', '1-1', 'from', 'hoth'],
        ['XGROUP', 'CREATE', 'signals', 'crew', '$'],
        ['PFADD', 'visitors', 'a', 'b'],
        ['RPUSH', 'log', 'a', 'b'],
        ['FUNCTION', 'LOAD', "#!lua name=fleet\nserver.register_function('allow', function() return 1 end)"],
      ].map((words) => words),
    );
    const questions = ASKED.map(([command]) => question(command));
    expect(await refusedQuestions(server.session, questions)).toEqual([]);
    const answers = await askServer(server.address, server.session, questions);
    expect(answers.map(({ command, reply }) => [command, reply])).toEqual(ASKED);
  });

  it('is asked in its database', async () => {
    await server.session.callAll([
      ['SELECT', '3'],
      ['SET', 'a', '1'],
      ['SELECT', '0'],
    ]);
    const answers = await askServer(server.address, server.session, [
      { command: 'GET a', db: 3 },
      { command: 'GET a', db: 0 },
    ]);
    expect(answers.map(({ reply }) => reply)).toEqual(['1', null]);
  });

  it.each([
    ['DEL a', 'DEL writes'],
    ['GETEX a EX 5', 'GETEX writes'],
    ['XREADGROUP GROUP a b STREAMS s >', 'XREADGROUP writes'],
    ['FUNCTION FLUSH', 'FUNCTION FLUSH writes'],
    ['XREAD BLOCK 0 STREAMS s $', 'XREAD may wait for others'],
    ['CONFIG GET maxmemory', 'CONFIG GET is for administrators'],
    ['ACL LIST', 'ACL LIST is for administrators'],
    ['SHUTDOWN', 'SHUTDOWN is for administrators'],
    ['KEYS *', 'the server calls KEYS dangerous'],
    ['EVAL_RO "return 1" 0', 'EVAL_RO runs a script, which would have the rights of the grader'],
    ['FCALL_RO f 0', 'FCALL_RO runs a script, which would have the rights of the grader'],
    ['EVAL "return 1" 0', 'EVAL is not read-only'],
    ['SCRIPT FLUSH', 'SCRIPT FLUSH is not read-only'],
    ['SUBSCRIBE a', 'SUBSCRIBE is not read-only'],
    ['MULTI', 'MULTI is not read-only'],
    ['AUTH a b', 'AUTH is not read-only'],
    ['SELECT 1', 'SELECT is not read-only'],
    ['GEODIST stars hoth', 'GEODIST takes at least 3 arguments'],
    ['GET a b', 'GET takes 1 argument'],
    ['OBJECT ENCODING', 'OBJECT ENCODING takes 1 argument'],
    ['JSON.GET a', 'the server does not know JSON.GET'],
    ['XINFO PLANETS a', 'the server does not know XINFO PLANETS'],
    ['OBJECT', 'the server does not know OBJECT'],
  ])('does not hold for %s', async (command, reason) => {
    const [refused] = await refusedQuestions(server.session, [question(command)]);
    expect(refused?.reason).toBe(reason);
  });

  it.each([
    ['ACL DRYRUN chewie GET a', undefined],
    ['ACL DRYRUN chewie FLUSHAL', 'there is no such command, or not with so many arguments'],
    ['ACL DRYRUN chewie GET', 'there is no such command, or not with so many arguments'],
    ['CONFIG GET maxmemory', undefined],
    ['CONFIG GET maxmemori', 'the server has no such setting'],
  ])('may be what a kind makes up, if it can be answered: %s', async (command, reason) => {
    const [refused] = await refusedQuestions(server.session, [{ command, db: 0, isOurs: true }]);
    expect(refused?.reason).toBe(reason);
  });

  it('is a fault of the grader where it cannot be asked, and says what is needed', async () => {
    await expect(requireAskable(server.session, [question('DEL a')])).rejects.toThrow(
      'The grader wants to ask the server "DEL a", but DEL writes. That is not your fault',
    );
    await expect(requireAskable(server.session, [question('JSON.GET a')])).rejects.toThrow(
      /valkey \d+\.\d+\.\d+ does not know JSON\.GET\. That is not your fault: the challenge needs/,
    );
  });
});
