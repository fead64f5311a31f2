import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyspace, list, makeEvidence } from '../../../testing/evidence.ts';
import {
  erroredSubmission,
  failedSubmission,
  passedSubmission,
  unrunSubmission,
} from '../../../testing/graded-submissions.ts';
import { check, report } from '../../../testing/report.ts';
import type { GradedSubmission } from '../format.ts';
import { htmlFormat } from '../html.ts';
import { page } from './page.ts';

const NOW = new Date('2026-11-24T12:45:00Z');
const pageOf = (...submissions: GradedSubmission[]) => page(submissions, NOW);
/** The text of a page as it is read, one space for what stands between elements. */
const textOf = (page: string) =>
  page
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

describe('htmlFormat', () => {
  it('is one file, the same for the same input', () => {
    const context = { now: NOW, environment: {}, commitDate: null, root: null };
    const files = htmlFormat.files([failedSubmission()], 'out/report.html', context);
    expect(files).toEqual([{ path: 'out/report.html', content: pageOf(failedSubmission()) }]);
  });
});

describe('page', () => {
  it('tells how it went and what to do next', () => {
    expect(pageOf(passedSubmission())).toContain('<title>3 of 3 points · A session for the cantina</title>');
    expect(textOf(pageOf(passedSubmission()))).toMatch(
      /3 of 3 points Passed .* Nothing: all 2 checks passed\./,
    );
    const text = textOf(pageOf(failedSubmission()));
    expect(text).toMatch(/1 of 4 points Not passed yet/);
    expect(text).toMatch(/3 checks of 4 to go\. Start with The check ttl holds/);
    expect(text).toContain('npx keyspace-grader grade sessions/cantina');
    expect(textOf(pageOf(erroredSubmission()))).toMatch(/No points are lost .*Not graded .*please report it/);
    expect(textOf(pageOf(unrunSubmission('not started')))).toMatch(
      /0 of 20 points Not started .*There is no script/,
    );
    expect(textOf(pageOf(unrunSubmission('not gradable')))).toMatch(/No points are lost .*Not gradable here/);
  });

  it('tells first what kept the script from its work, with its line, and folds what waits for it', () => {
    const { report: failed, evidence } = failedSubmission();
    const causes = [{ kind: 'crash' as const, text: 'It crashed: <oh>', line: 2, advice: 'Look there.' }];
    const content = pageOf({ report: { ...failed, causes, nothingRan: true }, evidence });
    const text = textOf(content);
    expect(text).toMatch(/Fix this first It crashed: &lt;oh&gt; line 2 Look there\. Then grade it again/);
    expect(content).toContain('href="#challenge-1-line-2"');
    expect(content).toContain('id="challenge-1-line-2"');
    expect(content).toMatch(/<summary>3 checks wait for the first command that does something\.<\/summary>/);
    // A link to a check still leads somewhere.
    expect(content).toContain('id="challenge-1-check-2"');
  });

  it('tells what was refused before it ran', () => {
    const evidence = makeEvidence({
      denied: [{ command: 'config|set', count: 1 }],
      refused: [
        { command: 'config|set', rejected: 1, failed: 0 },
        { command: 'hset', rejected: 2, failed: 0 },
        { command: 'lmove', rejected: 0, failed: 1 },
      ],
    });
    expect(textOf(pageOf({ report: report(), evidence }))).toContain(
      'The server ran no command of this script. The server denied: CONFIG SET The server refused, before it ran them: HSET (2 times)',
    );
  });

  it('tells the details of a check that did not pass', () => {
    const text = textOf(pageOf(failedSubmission()));
    expect(text).toContain(
      'Expected a TTL of about 3600 s Found no TTL Difference the TTL is gone Commands ' +
        'line 3 HSET han credits 9500 command #2 : → set the field credits ' +
        'ran DEL old command #4 : → removed the key and its TTL ' +
        'Hint 1 of 3 What may have taken the TTL away again?',
    );
    expect(text).toContain('skipped: The check later holds 0/1 0 of 1 point needs “ttl” first');
    expect(text).toContain('Run again with other data Another guest comes in');
  });

  it('marks the commands and lines that checks name, and links both ways', () => {
    const content = pageOf(failedSubmission());
    expect(content.match(/class="marked/g)).toHaveLength(2 + 1 + 1 + 1); // two rows, their stroke, a line, and a row of the other run
    const links = [...content.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    const ids = [...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
    expect(links).toContain('challenge-1-run-1-command-1');
  });

  it('shows the keyspace with its differences', () => {
    const text = textOf(pageOf(failedSubmission()));
    expect(text).toMatch(/Database 0 5 keys before, 8 after/);
    expect(text).toContain('han hash, 2 fields no TTL any more (was TTL 3600 s, 60 minutes)');
    expect(text).toContain('~ changed credits "10000" → "9500"');
    expect(text).toContain('counter string, 1 byte TTL 60 s "7" → "8"');
    expect(text).toContain('old string, 4 bytes had TTL 60 s "gone"');
    expect(text).toContain('"\\x00\\x01\\xfe\\xff"');
    expect(text).toContain('big list, 100,000 items no TTL big Index Item 0 "1" 1 "2" and 99,998 more');
    expect(text).toContain('ships HyperLogLog no TTL counts about 3 different elements');
    expect(text).toMatch(/1 key as before .*untouched set, 2 members/);
    expect(text).toMatch(/Database 3 0 keys before, 1 after/);
    expect(text).toContain('Channel Message "news" "hello"');
  });

  it('says why there is no keyspace', () => {
    const submission = passedSubmission();
    const [run] = submission.evidence?.runs ?? [];
    if (run) run.lost = 'out of memory';
    expect(textOf(pageOf(submission))).toContain('no keyspace was left to look at');
  });

  it('shows clients, databases and Lua where there are several', () => {
    const text = textOf(pageOf(failedSubmission()));
    expect(text).toContain('# ms DB Client Command');
    expect(text).toMatch(/4 0\.0 0 Lua DEL old/);
    expect(text).toContain('The server denied: CONFIG SET (3 times)');
    expect(textOf(pageOf(passedSubmission()))).toContain('# ms Line Command');
  });

  it('leads from an overview to each of several challenges', () => {
    const content = pageOf(passedSubmission(), failedSubmission(), unrunSubmission('error'));
    expect(content).toContain('<title>no total: 1 challenge not graded · 3 challenges</title>');
    expect(content.match(/<h1>/g)).toHaveLength(1);
    expect(content).toContain('href="#challenge-3"');
    expect(textOf(content)).toContain('1 challenge could not be graded: no points are lost there.');
  });

  it('lets nothing run or load but what is its own', () => {
    const content = pageOf(failedSubmission());
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(content)?.[1];
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(content) ?? [];
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(content) ?? [];
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`,
    );
    expect(content).not.toMatch(/https?:|src=| style=| on\w+=/);
  });

  it('is small for an ordinary grade', () => {
    expect(pageOf(failedSubmission()).length).toBeLessThan(60_000);
  });

  it('keeps to a size for what is huge', () => {
    const many = (count: number, text: string) =>
      Array.from({ length: count }, (_, index) => `${text} ${index}`);
    const keys = Object.fromEntries(
      many(1_000, 'key').map((name) => [name, list(many(2, 'x'.repeat(2_000)))]),
    );
    const evidence = makeEvidence({
      source: `${'y'.repeat(5_000)}\n`.repeat(50),
      before: keyspace(keys),
      after: keyspace({ ...keys, huge: list(many(10_000, 'item')) }),
      commands: many(5_000, 'SET a').map((command) => `${command} ${'z'.repeat(1_000)}`),
      stdout: 'out\n'.repeat(200_000),
      stderr: 'e'.repeat(1_000_000),
    });
    const content = pageOf({ report: report({ checks: [check('one')] }), evidence });
    expect(content.length).toBeLessThan(2_000_000);
    expect(textOf(content)).toContain('2,500 more commands are not shown');
  });
});
