import { describe, expect, it } from 'vitest';
import type { Answer, AnsweredReply } from '../../../evidence/evidence.ts';
import { makeEvidence } from '../../../testing/evidence.ts';
import { judgeCheck } from '../../../testing/judge-check.ts';
import type { ReplyPattern } from '../reply-pattern.ts';
import { RunView } from '../run-view.ts';
import { answer } from './answer.ts';

const COMMAND = 'XINFO GROUPS signals';
const judge = (reply: ReplyPattern, answered: AnsweredReply) =>
  judgeCheck(answer, { command: COMMAND, reply }, { answers: { [COMMAND]: answered } });

function viewOf(given: Answer): RunView {
  const evidence = makeEvidence();
  const [run] = evidence.runs;
  if (!run) throw new Error('no run');
  return new RunView(evidence, { ...run, answers: [given] });
}

/** As the server answers, values and names in turns. */
const GROUP: AnsweredReply = ['name', 'crew', 'pending', '2', 'lag', null];
const LIBRARY: AnsweredReply = ['library_name', 'fleet', 'functions', [['name', 'allow', 'flags', []]]];

describe('answer', () => {
  it.each<[string, ReplyPattern, AnsweredReply]>([
    ['a number, however the server sends it', 10, '10'],
    ['a matcher', { pattern: '^10\\.' }, '10.82'],
    ['nil', { nil: true }, null],
    ['an error', { error: { pattern: '^NOGROUP' } }, { error: 'NOGROUP No such group' }],
    ['a list for a list', ['hoth', { any: true }], ['hoth', '12.3']],
    ['lists within lists', [['38.1', '13.3'], { nil: true }], [['38.1', '13.3'], null]],
    ['an empty list', [], []],
    ['items in any order', { has: ['endor', 'hoth'] }, ['hoth', 'endor', 'jakku']],
    ['a count', { count: 2 }, ['hoth', 'endor']],
    ['what stands behind names', { fields: { name: 'crew', LAG: { nil: true } } }, GROUP],
    ['groups by what they hold', { has: [{ fields: { name: 'crew', pending: 2 } }], count: 1 }, [GROUP]],
    [
      'what FUNCTION LIST answers',
      { has: [{ fields: { library_name: 'fleet', functions: { has: [{ fields: { name: 'allow' } }] } } }] },
      [LIBRARY],
    ],
  ])('passes for %s', (_, pattern, answered) => {
    expect(judge(pattern, answered)).toEqual({ passed: true });
  });

  it.each<[string, ReplyPattern, AnsweredReply, string, string]>([
    ['another value', 10, '12.3', '"10"', '"12.3"'],
    ['nil in place of a value', 10, null, '"10"', 'nil'],
    ['a value in place of nil', { nil: true }, '1', 'nil', '"1"'],
    [
      'an error in place of a value',
      { any: true },
      { error: 'WRONGTYPE no' },
      'any value',
      'the error "WRONGTYPE no"',
    ],
    ['another error', { error: 'a' }, { error: 'b' }, 'an error: "a"', 'the error "b"'],
    ['one item too many', ['hoth'], ['hoth', 'endor'], '["hoth"]', '["hoth", "endor"]'],
    ['another order', ['a', ['b', 'c']], ['a', ['c', 'b']], '["a", ["b", "c"]]', '["a", ["c", "b"]]'],
    ['an item that is missing', { has: ['a', 'b'] }, ['a'], 'a list that has "a" and "b"', '["a"]'],
    ['too few items', { count: 1 }, [], 'a list of 1 item', 'an empty list'],
    [
      'another value behind a name',
      { fields: { pending: 0 } },
      GROUP,
      'a list with "pending": "0"',
      '["name", "crew", "pending", "2", "lag", nil]',
    ],
    [
      'a value in the place of a name',
      { fields: { crew: 'pending' } },
      GROUP,
      'a list with "crew": "pending"',
      '["name", "crew", "pending", "2", "lag", nil]',
    ],
    ['a value in place of a list', { has: ['a'] }, 'a', 'a list that has "a"', '"a"'],
  ])('fails for %s', (_, pattern, answered, expected, found) => {
    expect(judge(pattern, answered)).toMatchObject({
      expected: `${COMMAND} answers ${expected}`,
      actual: `${COMMAND} answered ${found}`,
    });
  });

  it('shows what changed the key that was asked about', () => {
    const finding = judgeCheck(
      answer,
      { command: 'BITCOUNT seats:7', reply: 2 },
      { commands: ['SETBIT seats:7 4 1', 'SETBIT seats:8 4 1'], answers: { 'BITCOUNT seats:7': '1' } },
    );
    expect(finding).toMatchObject({ commands: [{ command: 'SETBIT seats:7 4 1' }] });
  });

  it('says nothing exact of a list that was too long to keep', () => {
    const cut = (reply: ReplyPattern) =>
      answer.judge(
        { command: COMMAND, reply },
        viewOf({ command: COMMAND, db: 0, reply: ['a', 'b'], missing: 9 }),
      );
    expect(cut({ has: ['a'] })).toEqual({ passed: true });
    expect(cut({ count: 2 })).toMatchObject({
      actual: `${COMMAND} answered ["a", "b"], and 9 bytes more, which were not kept`,
    });
    expect(cut(['a', 'b'])).toMatchObject({ passed: false });
  });

  it('cannot judge evidence for which it was not asked', () => {
    expect(() => judgeCheck(answer, { command: COMMAND, reply: 1 }, {})).toThrow(
      `the evidence does not tell what the server answers to \`${COMMAND}\`: grade the submission again`,
    );
    expect(() =>
      judgeCheck(answer, { command: COMMAND, db: 1, reply: 1 }, { answers: { [COMMAND]: '1' } }),
    ).toThrow('grade the submission again');
  });
});
