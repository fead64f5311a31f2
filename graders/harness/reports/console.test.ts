import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { check, failed, report } from '../testing/report.ts';
import { consoleReport, scoreSummary } from './console.ts';

const HSET =
  'HSET session:han_solo username "hsolo " species human credits 9500 table booth_7 drinks_ordered 2 las…';

const rich = report({
  checks: [
    check('key', { title: 'The session is kept under session:han_solo' }),
    failed(
      'details',
      {
        expected: 'username = "hsolo"\ntable = "booth_7"',
        actual: 'username = "hsolo "\nno field table',
        difference: 'username: the value ends with a space that cannot be seen (6 characters, expected 5)',
        commands: [
          { line: 1, command: HSET, effect: 'set 6 fields' },
          { line: 12, command: 'EXPIRE session:han_solo 60', effect: null },
          { line: null, command: 'DEL session:han_solo', effect: 'removed the key and its TTL' },
        ],
        hint: 'Compare the fields and values one by one with the table in the instructions.',
        hints: 3,
      },
      {
        title: 'Name, species, table and drinks are Han’s, letter by letter and without a space too many',
        maxScore: 2.5,
      },
    ),
    check('payment', {
      title: 'The payment wrote only what it changes',
      status: 'skipped',
      score: 0,
      failure: {
        expected: null,
        actual:
          'needs “Name, species, table and drinks are Han’s, letter by letter and without a space too many” first',
        difference: null,
        commands: [],
        hint: null,
        hints: 0,
      },
    }),
    check('read', { title: 'The whole session was read at once' }),
    failed(
      'output',
      { expected: 'output with "10" and "3"', actual: 'nothing was printed', hint: 'Look again.', hints: 1 },
      { title: 'The numbers are counted', variant: { id: 'more', title: 'more keys than one SCAN page' } },
    ),
    check('only', { title: 'No other key is left behind' }),
  ],
  notes: [
    'Your script was still running after 30 s and was stopped. What it had done by then was graded.',
    'The server denied CONFIG SET.',
  ],
});

describe('consoleReport', () => {
  it('tells a learner what is missing, and where to look', () => {
    expect(consoleReport(rich, false)).toBe(`
  A session for the cantina  sessions/cantina
  solution.py · Python · ran 0.12 s
  graded on valkey 8.1.1 (local engine, process sandbox)

  ✓ The session is kept under session:han_solo                               1/1

  ✗ Name, species, table and drinks are Han’s, letter by letter and        0/2.5
    without a space too many
      expected  username = "hsolo"
                table = "booth_7"
      found     username = "hsolo "
                no field table
      differs   username: the value ends with a space that cannot be seen (6
                characters, expected 5)
      line 1    HSET session:han_solo username "hsolo " species human credits
                  9500 table booth_7 drinks_ordered 2 las…
                → set 6 fields
      line 12   EXPIRE session:han_solo 60
      ran       DEL session:han_solo
                → removed the key and its TTL
      hint 1/3  Compare the fields and values one by one with the table in the
                instructions.

  - The payment wrote only what it changes                                   0/1
    needs “Name, species, table and drinks are Han’s, letter by letter and
    without a space too many” first
  ✓ The whole session was read at once                                       1/1

  ✗ The numbers are counted                                                  0/1
      run       again with other data: more keys than one SCAN page
      expected  output with "10" and "3"
      found     nothing was printed
      hint      Look again.

  ✓ No other key is left behind                                              1/1

  Good to know
  · Your script was still running after 30 s and was stopped. What it had done
    by then was graded.
  · The server denied CONFIG SET.

  ██████████░░░░░░░░░░░░░░  3 of 7.5 points, 3 checks of 6 to go

`);
  });

  it('is short where all is well', () => {
    expect(consoleReport(report(), false)).toBe(`
  A session for the cantina  sessions/cantina
  solution.py · Python · ran 0.12 s
  graded on valkey 8.1.1 (local engine, process sandbox)

  ✓ The check one holds                                                      1/1
  ✓ The check two holds                                                      2/2

  ████████████████████████  passed: 3 of 3 points

`);
  });

  it('says that an error of the grader costs nothing', () => {
    const broken = report({
      status: 'error',
      score: null,
      fault: 'A check of this grader failed to do its work. That is not your fault: please report it.',
      checks: [
        check('one', {
          status: 'error',
          score: 0,
          failure: {
            expected: null,
            actual: 'the check itself failed: oh',
            difference: null,
            commands: [],
            hint: null,
            hints: 0,
          },
        }),
      ],
    });
    expect(consoleReport(broken, false)).toBe(`
  A session for the cantina  sessions/cantina
  solution.py · Python · ran 0.12 s
  graded on valkey 8.1.1 (local engine, process sandbox)

  ! The check one holds                                                      0/1
      found     the check itself failed: oh

  A check of this grader failed to do its work. That is not your fault: please
  report it.

  not graded: no points are lost (1 point to gain)

`);
  });

  it('shows what was not run at all', () => {
    const absent = report({
      status: 'not started',
      score: 0,
      submission: null,
      environment: null,
      checks: [],
      elapsedMs: null,
      maxScore: 20,
      fault: 'There is no script.',
    });
    expect(consoleReport(absent, false)).toBe(`
  A session for the cantina  sessions/cantina

  There is no script.

  not started: 0 of 20 points

`);
  });

  it('differs with colours in nothing but the colours', () => {
    const colored = consoleReport(rich, true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(consoleReport(rich, false));
    for (const text of [
      '\u001b[32m✓\u001b[39m The session',
      '\u001b[31m✗\u001b[39m \u001b[1mName, species',
      '\u001b[36mDEL session:han_solo\u001b[39m',
      '\u001b[33mLook again.\u001b[39m',
    ]) {
      expect(colored).toContain(text);
    }
  });

  it('ends every colour on the line on which it begins', () => {
    for (const line of consoleReport(rich, true).split('\n')) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
      const codes = [...line.matchAll(/\u001b\[(\d+)m/g)].map(([, code]) => Number(code));
      const ends = codes.filter((code) => code === 39 || code === 22);
      expect(ends.length).toBe(codes.length / 2);
    }
  });

  it.each([
    ['long words', 'x'.repeat(300)],
    ['long sentences', 'all the words that a learner may write '.repeat(20)],
    ['wide characters', '酒場の予約はまだ開いていますか。'.repeat(12)],
    ['emoji', '🚀 🛸🛸🛸🛸🛸🛸🛸🛸🛸🛸 '.repeat(20)],
    ['combining marks', 'e\u0301'.repeat(200)],
    ['many lines', `${'a line of output\n'.repeat(8)}\n    and one that is set in ${'far '.repeat(30)}`],
  ])('is at most 80 columns wide, whatever it holds: %s', (_, text) => {
    const wide = report({
      challenge: { id: text, title: text },
      submission: { script: text, language: text },
      notes: [text, text],
      causes: [{ kind: 'crash', text, advice: text }],
      fault: text,
      checks: [
        check('passed', { title: text, score: 1000.5, maxScore: 1000.5 }),
        failed(
          'failed',
          {
            expected: text,
            actual: text,
            difference: text,
            hint: text,
            hints: 12,
            commands: [{ line: 12_345, command: text, effect: text }],
          },
          { title: text, variant: { id: 'other', title: text } },
        ),
        check('skipped', {
          status: 'skipped',
          title: text,
          failure: { expected: null, actual: text, difference: null, commands: [], hint: null, hints: 0 },
        }),
      ],
    });
    const lines = consoleReport(wide, false).split('\n');
    expect(lines.length).toBeGreaterThan(40);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
    for (const line of lines) expect(line, line).toBe(line.trimEnd());
  });

  it('prints nothing that a terminal acts upon, wherever it comes from', () => {
    const evil =
      '\u001b[2J\u001b]0;title\u0007\u009b31m \u202e\u2066drow \u200b\ufeff \r\b\u0000 ::set-output\u2028';
    const hostile = report({
      challenge: { id: evil, title: evil },
      submission: { script: `${evil}\nsecond`, language: evil },
      environment: {
        engine: 'local',
        sandbox: 'process',
        image: null,
        server: { name: evil, version: evil },
      },
      notes: [evil],
      causes: [{ kind: 'crash', text: evil, advice: evil }],
      fault: evil,
      checks: [
        check('passed', { title: `${evil}\n✓ forged` }),
        failed(
          'failed',
          {
            expected: evil,
            actual: evil,
            difference: evil,
            hint: evil,
            hints: 2,
            commands: [{ line: null, command: `GET "${evil}\nDEL x"`, effect: `${evil}\nforged` }],
          },
          { variant: { id: 'other', title: evil } },
        ),
      ],
    });
    const text = consoleReport(hostile, false) + scoreSummary(hostile, false);
    expect(text).not.toMatch(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose.
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
    );
    expect(text).not.toMatch(/^\s*✓ forged/m);
    expect(text).not.toMatch(/^\s*(?:DEL x|forged|second)/m);
  });

  it('fills the bar only where all points are there, and empties it only where none is', () => {
    const bar = (score: number) => {
      const checks = [check('a', { score, maxScore: 100, status: score === 100 ? 'passed' : 'failed' })];
      const [text = ''] = /[█░]{24}/.exec(consoleReport(report({ checks }), false)) ?? [];
      return text.indexOf('░') === -1 ? 24 : text.indexOf('░');
    };
    expect([0, 0.1, 50, 99.9, 100].map(bar)).toEqual([0, 1, 12, 23, 24]);
  });
});

describe('scoreSummary', () => {
  it.each([
    ['all points', report(), 'passed: 3 of 3 points  sessions/cantina\n'],
    ['some points', rich, '3 of 7.5 points, 3 checks of 6 to go  sessions/cantina\n'],
    [
      'an error',
      report({ status: 'error', score: null }),
      'not graded: no points are lost (3 points to gain)  sessions/cantina\n',
    ],
    [
      'a server that is too old',
      report({ status: 'not gradable', score: null }),
      'not gradable here: no points are lost (3 points to gain)  sessions/cantina\n',
    ],
    [
      'no script',
      report({ status: 'not started', score: 0 }),
      'not started: 0 of 3 points  sessions/cantina\n',
    ],
  ])('is one line: %s', (_, from, expected) => {
    expect(scoreSummary(from, false)).toBe(expected);
  });
});
