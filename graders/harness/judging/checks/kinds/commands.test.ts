import { describe, expect, it } from 'vitest';
import type { Command } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import { commandNotRun } from './command-not-run.ts';
import { commandRan } from './command-ran.ts';

const PASSED = { passed: true };
type Ran = Parameters<typeof commandRan.judge>[0];
type NotRun = Parameters<typeof commandNotRun.judge>[0];

const note = (command: string, effect: string | null = null) => ({ line: null, command, effect });
const GET = { command: 'HGET', args: ['k', 'credits'] };
const PAY = {
  anyOf: [
    { command: 'HSET', args: ['k', 'credits'] },
    { command: 'HINCRBY', args: ['k', 'credits'] },
  ],
};

describe('command-ran', () => {
  it.each<[string, Ran, Command[]]>([
    ['it ran', GET, ['HSET k credits 1', 'HGET k credits']],
    ['one of several ran', PAY, ['HINCRBY k credits -500']],
    ['Lua ran it', GET, ['EVAL x 1 k', { run: 'HGET k credits', lua: true }]],
    ['it ran before', { ...GET, before: PAY }, ['HGET k credits', 'HSET k credits 1', 'HGET k credits']],
    [
      'it ran before the last of several',
      { ...GET, before: PAY },
      ['HSET k credits 1', 'HGET k credits', 'HSET k credits 2'],
    ],
    ['there is nothing that it must come before', { ...GET, before: PAY }, ['HGET k credits']],
    ['it ran after', { ...GET, after: PAY }, ['HGET k credits', 'HSET k credits 1', 'HGET k credits']],
    [
      'it ran in between',
      { ...GET, after: { command: 'DEL' }, before: PAY },
      ['DEL k', 'HGET k credits', 'HSET k credits 1'],
    ],
    [
      'what else is wanted ran, too',
      { ...GET, also: [PAY, { command: 'DEL' }] },
      ['DEL k', 'HINCRBY k credits 1', 'HGET k credits'],
    ],
    ['it ran often enough', { command: 'INCR', times: 2 }, ['INCR a', 'INCR b', 'INCR c']],
  ])('passes where %s', (_, parameters, commands) => {
    expect(judgeCheck(commandRan, parameters, { commands })).toEqual(PASSED);
  });

  it.each<[string, Ran, Command[], object]>([
    ['nothing ran', GET, [], { expected: 'HGET k credits', actual: 'no command ran at all' }],
    [
      'only a client’s handshake ran',
      GET,
      ['HELLO 3', 'CLIENT SETINFO LIB-NAME x'],
      { actual: 'no such command ran' },
    ],
    [
      'what else is wanted did not run',
      { ...GET, also: [PAY, { command: 'DEL' }] },
      ['HINCRBY k credits 1', 'HGET k credits'],
      { expected: 'DEL', actual: 'no such command ran' },
    ],
    [
      'it ran in another database',
      GET,
      [{ run: 'HGET k credits', db: 1 }],
      { actual: 'it ran, but in database 1', commands: [note('HGET k credits')] },
    ],
    [
      'what it must come after ran in another database',
      { ...GET, after: PAY },
      [{ run: 'HSET k credits 1', db: 1 }, 'HGET k credits'],
      { actual: 'it ran, but not at that point' },
    ],
    [
      'what else is wanted ran in another database',
      { ...GET, also: [{ command: 'DEL' }] },
      ['HGET k credits', { run: 'DEL k', db: 2 }],
      { expected: 'DEL', actual: 'it ran, but in database 2' },
    ],
    ['others ran', GET, ['HGETALL k'], { actual: 'no such command ran' }],
    [
      'it ran with other arguments',
      GET,
      ['HGET k table', 'HGET j credits'],
      {
        actual: 'HGET ran, but not with these arguments',
        commands: [note('HGET k table')],
      },
    ],
    [
      'it ran too late',
      { ...GET, before: PAY },
      ['HSET k credits 1', 'HGET k credits'],
      {
        expected: 'HGET k credits, before HSET k credits or HINCRBY k credits',
        actual: 'it ran, but not at that point',
        commands: [note('HSET k credits 1'), note('HGET k credits')],
      },
    ],
    [
      'it ran too early',
      { ...GET, after: PAY },
      ['HGET k credits', 'HSET k credits 1'],
      {
        expected: 'HGET k credits, after HSET k credits or HINCRBY k credits',
        actual: 'it ran, but not at that point',
        commands: [note('HGET k credits'), note('HSET k credits 1')],
      },
    ],
    [
      'what it must come after never ran',
      { ...GET, after: PAY },
      ['HGET k credits'],
      { actual: 'it ran, but not at that point' },
    ],
    [
      'it ran too seldom',
      { command: 'INCR', times: 3 },
      ['INCR a', 'INCR a'],
      {
        expected: 'INCR, 3 times',
        actual: 'it ran 2 times',
        commands: [note('INCR a'), note('INCR a')],
      },
    ],
    ['it ran outside of Lua', { command: 'GET', lua: true }, ['GET a'], { expected: 'GET in a Lua script' }],
  ])('fails where %s', (_, parameters, commands, finding) => {
    expect(judgeCheck(commandRan, parameters, { commands })).toMatchObject({ passed: false, ...finding });
  });
});

describe('command-ran in a command file', () => {
  const commands = [{ run: 'HGET k credits', line: 1 }];

  it('does not count what was answered with an error', () => {
    const replies = [{ line: 1, args: ['HGET'], reply: '(error) WRONGTYPE', error: true }];
    expect(judgeCheck(commandRan, GET, { commands, replies })).toMatchObject({
      passed: false,
      actual: 'the server refused it: WRONGTYPE',
    });
  });

  it('counts what was answered', () => {
    const replies = [{ line: 1, args: ['HGET'], reply: '"1"', error: false }];
    expect(judgeCheck(commandRan, GET, { commands, replies })).toEqual(PASSED);
  });

  it('lets it come after what was answered with an error', () => {
    const both = [{ run: 'HSET k credits', line: 1 }, 'HGET k credits'];
    const replies = [{ line: 1, args: ['HSET'], reply: '(error) ERR', error: true }];
    expect(judgeCheck(commandRan, { ...GET, after: PAY }, { commands: both, replies })).toEqual(PASSED);
  });
});

describe('command-not-run', () => {
  const DEL = { command: ['DEL', 'UNLINK'], has: ['k'] };
  const FIRST = { command: 'HSET', args: ['k'] };

  it.each<[string, NotRun, Command[]]>([
    ['it did not run', DEL, ['GET k', 'DEL other']],
    ['it ran before what counts', { ...DEL, after: FIRST }, ['DEL k', 'HSET k a 1']],
    ['what it would have to come after never ran', { ...DEL, after: FIRST }, ['DEL k']],
    ['all began anew after it', { ...DEL, since: FIRST }, ['HSET k a 1', 'DEL k', 'HSET k a 1']],
    ['it ran after what counts', { ...DEL, before: { command: 'GET' } }, ['GET k', 'DEL k']],
  ])('passes where %s', (_, parameters, commands) => {
    expect(judgeCheck(commandNotRun, parameters, { commands })).toEqual(PASSED);
  });

  it.each<[string, NotRun, Command[]]>([
    ['it ran', DEL, ['UNLINK k']],
    ['Lua ran it', DEL, [{ run: 'UNLINK k', lua: true }]],
    ['it ran after the first', { ...DEL, after: FIRST }, ['HSET k a 1', 'UNLINK k', 'HSET k a 1']],
    ['it ran since', { ...DEL, since: FIRST }, ['HSET k a 1', 'UNLINK k']],
    ['it ran before the last', { ...DEL, before: { command: 'GET' } }, ['GET k', 'UNLINK k', 'GET k']],
  ])('fails where %s', (_, parameters, commands) => {
    expect(judgeCheck(commandNotRun, parameters, { commands })).toMatchObject({
      passed: false,
      expected: 'no UNLINK k',
      actual: 'UNLINK ran',
      commands: [note('UNLINK k')],
    });
  });

  it('names each command once', () => {
    const commands = ['DEL k', 'UNLINK k', 'DEL k'];
    expect(judgeCheck(commandNotRun, DEL, { commands })).toMatchObject({
      expected: 'no DEL or UNLINK k',
      actual: 'DEL and UNLINK ran',
    });
  });
});
