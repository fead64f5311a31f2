import { describe, expect, it } from 'vitest';
import { type Command, type EvidenceOptions, makeEvidence } from '../../testing/evidence.ts';
import type { AskedCommand } from './asked.ts';
import type { Finding } from './finding.ts';
import { commandRan } from './kinds/command-ran.ts';
import { RunView } from './run-view.ts';

type Ran = Parameters<typeof commandRan.judge>[0];

const HGET = { command: 'HGET', args: ['k', 'table'] };
const others = (...patterns: AskedCommand['patterns'][]) =>
  patterns.map((some) => ({ patterns: some, isLate: false }));

/** What is found beside other checks. */
function judge(wanted: Ran, options: EvidenceOptions, commands: readonly AskedCommand[] = []): Finding {
  const evidence = makeEvidence(options);
  const [run] = evidence.runs;
  if (!run) throw new Error('made evidence has a run');
  return commandRan.judge(wanted, new RunView(evidence, run, { names: new Set(), commands }));
}

/** What is found, and the commands that are shown. */
function found(wanted: Ran, options: EvidenceOptions, commands: readonly AskedCommand[] = []): string[] {
  const finding = judge(wanted, options, commands);
  if (finding.passed) return ['passed'];
  return [finding.actual, ...(finding.commands ?? []).map(({ command }) => command)];
}

const refused = (line: number, command: string, reply: string) => ({
  line,
  args: command.split(' '),
  reply: `(error) ${reply}`,
  error: true,
});

describe('the line to blame', () => {
  const near = 'HGET ran, but not with these arguments';

  it.each<[string, Ran, Command[], AskedCommand[], string[]]>([
    ['has the right key', HGET, ['HGET j table', 'HGET k tables'], [], [near, 'HGET k tables']],
    [
      'has as few wrong arguments as any',
      { command: 'LRANGE', args: ['k', 0, 2] },
      ['LRANGE k 1 3', 'LRANGE k 0 1', 'LRANGE k 5 2 x'],
      [],
      ['LRANGE ran, but not with these arguments', 'LRANGE k 0 1', 'LRANGE k 5 2 x'],
    ],
    [
      'serves no other check, if any does not',
      HGET,
      ['HGET k credits', 'HGET k tabel'],
      others({ command: 'HGET', args: ['k', 'credits'] }),
      [near, 'HGET k tabel'],
    ],
    [
      'is not needed by another check, which has another one',
      { command: 'HMGET', args: ['k'], has: ['a', 'b'] },
      ['HGET k a', 'HMGET k a'],
      others({ command: ['HGET', 'HMGET'], args: ['k'], has: ['a'] }),
      ['HMGET ran, but not with these arguments', 'HMGET k a'],
    ],
    [
      'is another step’s, on the same key, if there is nothing else',
      HGET,
      ['HGET k credits'],
      others({ command: 'HGET', args: ['k', 'credits'] }),
      [near, 'HGET k credits'],
    ],
    [
      'is none of those on other keys that other steps ask for',
      { command: 'GET', args: ['k'] },
      ['GET a', 'GET b', 'GET a'],
      others({ command: 'GET', args: ['a'] }, { command: 'GET', args: ['b'] }),
      ['GET ran, but only for other steps'],
    ],
    [
      'has a misspelt key before another one',
      { command: 'LLEN', args: ['missions:urgent'] },
      ['LLEN mission:standard', 'LLEN mission:urgent'],
      [],
      ['LLEN ran, but not for this key; yours is called mission:urgent', 'LLEN mission:urgent'],
    ],
    [
      'has a misspelt text before another one',
      { command: 'LPUSH', args: ['k', 'Dance-off'] },
      ['LPUSH k other', 'LPUSH k "Dance off"'],
      [],
      ['LPUSH ran, but not with these arguments', 'LPUSH k "Dance off"'],
    ],
    [
      'has the option with another value before none',
      { command: 'ZADD', args: ['k'], options: { '12.3': 'tk' } },
      ['ZADD k 1 vader', 'ZADD k 12.3 kt'],
      [],
      ['ZADD ran, but not with these arguments', 'ZADD k 12.3 kt'],
    ],
    [
      'reads the key in another way, if nothing of the sort ran',
      { command: 'LLEN', args: ['k'] },
      ['RPUSH k a', 'LRANGE k 0 -1', 'LRANGE j 0 -1'],
      [],
      ['no such command ran', 'LRANGE k 0 -1'],
    ],
    [
      'is no other way of writing',
      { command: 'LPOP', args: ['k'] },
      ['RPUSH k a'],
      [],
      ['no such command ran'],
    ],
  ])('%s', (_, wanted, commands, asked, expected) => {
    expect(found(wanted, { commands }, asked)).toEqual(expected);
  });

  it('is the one in its time, if what came at another time is another step’s', () => {
    const wanted = {
      command: 'LRANGE',
      args: ['k', 0, { pattern: '^(?:2|-1)$' }],
      before: { command: 'LPOP' },
    };
    const left = { command: 'LRANGE', args: ['k', 0, { pattern: '^(?:1|-1)$' }] };
    const commands = ['LRANGE k 0 1', 'LPOP k', 'LRANGE k 0 -1'];
    expect(found(wanted, { commands }, [{ patterns: left, isLate: true }])).toEqual([
      'LRANGE ran, but not with these arguments',
      'LRANGE k 0 1',
    ]);
    expect(found(wanted, { commands })).toEqual(['it ran, but not at that point', 'LPOP k', 'LRANGE k 0 -1']);
  });

  it('is one that the server refused, before all others', () => {
    const options = {
      commands: [{ run: 'HGET k tables', line: 1 }],
      replies: [refused(2, 'HGET k', "ERR wrong number of arguments for 'hget' command")],
    };
    expect(found(HGET, options)).toEqual([
      "the server refused HGET: ERR wrong number of arguments for 'hget' command",
      'HGET k',
    ]);
  });

  it('may have a mistyped name, which the server does not know', () => {
    const replies = [
      refused(1, 'HGGET k table', "ERR unknown command 'HGGET', with args beginning with: 'k' 'table'"),
      refused(2, 'HSET k', "ERR wrong number of arguments for 'hset' command"),
    ];
    expect(found(HGET, { replies })).toEqual([
      "the server refused HGGET: ERR unknown command 'HGGET', with args beginning with: 'k' 'table'",
      'HGGET k table',
    ]);
    const other = [refused(1, 'HGETAL k', "ERR unknown command 'HGETAL', with args beginning with: 'k'")];
    expect(found(HGET, { replies: other })).toEqual(['no command ran: the server refused 1 command']);
  });
});

describe('what should have run', () => {
  const read = { ...HGET, afterHeld: { key: 'k' }, before: { command: 'HSET', args: ['k'] } };

  it('is told to learners without the name that solves it', () => {
    expect(judge(read, { commands: ['PING'] })).toMatchObject({
      expected: 'HGET k table, before HSET k, once k was there',
      beforeHints: 'a command that reads k, before one that writes it, once it was there',
    });
  });

  it('is another command if one did with the key what is asked for, in a way that is not', () => {
    const ran = (command: string) => judge(HGET, { commands: [command] });
    expect(ran('HGETALL k')).toMatchObject({ beforeHints: 'another command that reads k' });
    expect(ran('HGETALL other')).toMatchObject({ beforeHints: 'a command that reads k' });
    expect(ran('DEL k')).toMatchObject({ beforeHints: 'a command that reads k' });
  });

  it('is told as it is once they sent such a command, be it a wrong one', () => {
    expect(judge(read, { commands: ['HGET k tables'] })).toMatchObject({
      beforeHints: 'HGET k table, before one that writes k, once k was there',
    });
    const replies = [refused(1, 'HGET k', 'ERR wrong number of arguments')];
    expect(judge(HGET, { replies })).not.toHaveProperty('beforeHints');
  });

  it('is left out if nothing can be told but the name', () => {
    expect(judge({ command: 'SCAN' }, { commands: ['GET k'] })).toMatchObject({
      expected: 'SCAN',
      beforeHints: null,
    });
  });
});
