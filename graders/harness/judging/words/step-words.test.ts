import { describe, expect, it } from 'vitest';
import type { KeyChange, KeySnapshot, StepReply } from '../../evidence/evidence.ts';
import { type Command, makeEvidence, string } from '../../testing/evidence.ts';
import { limitsInWords } from './history-words.ts';
import { replyInWords } from './reply-words.ts';
import { stepInWords, stepLine } from './step-words.ts';

const value = (text: string): StepReply => ({ kind: 'value', text });
const NIL: StepReply = { kind: 'nil', text: '(nil)' };
const key = (name: string): KeySnapshot => ({ key: name, ...string('x') }) as KeySnapshot;
const added = (name: string): KeyChange => ({ db: 0, before: null, after: key(name) });
const removed = (name: string): KeyChange => ({ db: 0, before: key(name), after: null });

/** The keys of commands, as the server tells. */
const USED: Record<string, [key: string, writes?: 'put' | 'remove'][]> = {
  'DEL k': [['k', 'remove']],
  'SADD k a': [['k', 'put']],
  'SET k 1 NX': [['k', 'put']],
  'LPOP k': [['k', 'remove']],
  'SINTERSTORE k a b': [['k', 'put'], ['a'], ['b']],
  'GET k': [['k']],
};

function words(commands: Command[], reply: StepReply | null, changes: KeyChange[] = [], wasThere?: boolean) {
  const { entries } = makeEvidence({ commands }).runs[0]?.trace ?? { entries: [] };
  const used = USED[commands.map(String).join()];
  const keys = used?.map(([key, writes]) => ({ db: 0, key, use: 'ask' as const, ...(writes && { writes }) }));
  const step = { entry: 0, entries: entries.length, reply, changes, ...(keys && { keys }) };
  return stepInWords(step, entries, () => wasThere);
}

describe('stepInWords', () => {
  it.each<[string, Command[], StepReply | null, boolean | undefined, string | null]>([
    [
      'a key that was not there',
      ['DEL k'],
      value('(integer) 0'),
      false,
      'did nothing: there was no such key',
    ],
    ['a key of which nothing is known', ['DEL k'], value('(integer) 0'), undefined, 'did nothing'],
    ['a key that was there', ['SADD k a'], value('(integer) 0'), true, 'did nothing'],
    ['a condition', ['SET k 1 NX'], NIL, true, 'did nothing'],
    ['a key to take from', ['LPOP k'], NIL, false, 'did nothing: there was no such key'],
    [
      'what was stored: it is not about that key',
      ['SINTERSTORE k a b'],
      value('(integer) 0'),
      false,
      'did nothing',
    ],
    ['a read', ['GET k'], NIL, false, null],
    ['a message', ['PUBLISH channel hi'], value('(integer) 0'), false, null],
    ['a script', ['EVAL "return nil" 0'], NIL, false, null],
    ['what said OK', ['SET k x'], value('OK'), true, null],
    ['what was refused', ['DEL'], { kind: 'error', text: '(error) ERR' }, false, null],
    ['what was not answered', ['BLPOP k 0'], null, false, null],
    [
      'an aborted transaction',
      ['MULTI', 'SET k x', 'EXEC'],
      NIL,
      true,
      'did nothing: a watched key had changed',
    ],
    ['an empty transaction', ['MULTI', 'EXEC'], { kind: 'empty', text: '(empty array)' }, true, null],
  ])('says that nothing happened, and why, of %s', (_, commands, reply, wasThere, nothing) => {
    expect(words(commands, reply, [], wasThere).nothing).toBe(nothing);
  });

  it('never says that nothing happened of what changed something', () => {
    expect(words(['GETSET k x'], NIL, [added('k')], false).nothing).toBeNull();
  });

  it('tells the first few keys, and how many more there are', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => removed(`k${index}`));
    const { changes, more } = words(['FLUSHALL'], value('OK'), many);
    expect(changes.map(({ name, text }) => `${name} ${text}`)).toEqual([
      'k0 removed',
      'k1 removed',
      'k2 removed',
    ]);
    expect(more).toBe(997);
  });

  it('makes a line of it', () => {
    expect(stepLine(words(['SET k x'], value('OK'), [added('k')]))).toBe('new string x');
    expect(stepLine(words(['RENAME a k'], value('OK'), [added('k')]))).toBe('k: new string x');
    expect(stepLine(words(['GET k'], value('"x"')))).toBe('"x"');
    expect(stepLine(words(['BLPOP k 0'], null))).toBe('');
    expect(stepLine(words(['DEL k'], value('(integer) 0')))).toBe('did nothing');
    const five = ['a', 'b', 'c', 'd', 'e'].map(removed);
    expect(stepLine(words(['FLUSHDB'], value('OK'), five))).toBe(
      'a: removed; b: removed; c: removed; and 2 more keys',
    );
  });

  it('says that keys expired before a command', () => {
    const { entries } = makeEvidence({ commands: ['GET k'] }).runs[0]?.trace ?? { entries: [] };
    const expired = stepInWords({ entry: 0, entries: 0, reply: null, changes: [removed('k')] }, entries);
    expect(stepLine(expired)).toBe('k: expired');
  });
});

describe('replyInWords', () => {
  it.each<[StepReply, string]>([
    [value('OK'), 'OK'],
    [value('(integer) 1'), '(integer) 1'],
    [NIL, '(nil)'],
    [value('1) "a"\n2) "b"'), '1) "a" 2) "b"'],
    [value(`"${'x'.repeat(500)}"`), `"${'x'.repeat(78)}…`],
    [{ ...value('"the head'), length: 9_000 }, '"the head…'],
    [
      { kind: 'error', text: "(error) ERR wrong number of arguments for 'hset' command" },
      "refused: ERR wrong number of arguments for 'hset' command",
    ],
    [value('\u001b[2J\u202e'), '\\x1b[2J\\u202e'],
  ])('writes %j on a line', (reply, text) => {
    expect(replyInWords(reply)).toBe(text);
  });
});

describe('limitsInWords', () => {
  const replay = { steps: [], until: 'end' as const, unlike: [] };

  it('says nothing if all is known', () => {
    expect(limitsInWords(replay, 7)).toEqual([]);
  });

  it('says how far it is known, and why no further', () => {
    expect(limitsInWords({ ...replay, until: 'gap' }, 20_000)).toEqual([
      'What the commands did is known up to command 20,000: commands are missing from the trace after that.',
    ]);
    expect(limitsInWords({ ...replay, until: 'no answer' }, 0)).toEqual([
      'What the commands did is not known: the server stopped answering.',
    ]);
  });

  it('names the keys of which it is not known', () => {
    const keys = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ db: index, key: `k${index}` }));
    expect(limitsInWords({ ...replay, unlike: keys(1) }, 7)[0]).toMatch(
      /one key ended up .* left: k0\. How it came/,
    );
    expect(limitsInWords({ ...replay, unlike: keys(2) }, 7)[0]).toContain('k0 and k1 (database 1). How they');
    expect(limitsInWords({ ...replay, unlike: keys(9) }, 7)[0]).toContain('k4 (database 4) and 4 more.');
  });
});
