import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';
import { useTestFolder } from '../testing/repository.ts';

const cli = useCliFolder();
const repositories = useTestFolder();
const HERE = ['--engine', 'local', '--sandbox', 'process', '--retries', '0', '--out', 'out'];
const batch = (...args: string[]) => cli.run(['batch', 'sessions/cantina', ...args, ...HERE]);

describe('batch', () => {
  it('fetches and grades what was handed in in time, and tells of the rest', async () => {
    const leia = await repositories.repository('sessions-leia');
    await leia.commit({ 'sessions/cantina/solution.valkey': 'PING\n' }, '2026-06-01T12:00:00Z');
    await leia.commit({ 'sessions/cantina/solution.valkey': 'FLUSHALL\n' }, '2026-06-02T12:00:00Z');
    const ben = await repositories.repository('sessions-ben');
    await cli.write('list.txt', `${leia.url}\n${ben.url}\nfile://${repositories.at('sessions-han')}\n`);
    await cli.write('class.csv', 'Mail;GitHub\nl@x.org;leia\nh@x.org;han\nr@x.org;rey\n');
    const { code, stdout } = await batch(
      ...['--clone', 'list.txt', '--submissions', 'class.csv', '--deadline', '2026-06-01T23:59+02:00'],
      ...['--roster-columns', 'identifier=mail,github_username=github'],
    );
    expect(code).toBe(3);
    expect(stdout).toContain(
      '2 submissions, 1 challenge\n  0 passed, 1 not yet, 1 not started, 0 not graded\n',
    );
    expect(stdout).toContain(
      '  1 on the roster did not submit\n  1 not on the roster, and so not in canvas.csv and moodle.csv: ben\n',
    );
    expect(stdout).toContain('  1 with commits after the deadline: leia by 14 h 1 min\n');
    expect(stdout).toContain('  1 repository with nothing to grade: ben (its repository is empty)\n');
    expect(stdout).toMatch(/^ {2}han: fatal: .*sessions-han/m);
  });

  it.each([
    [
      'a broken roster',
      ['--submissions', 'class.csv'],
      /class\.csv:3: a quote that was opened is not closed/,
    ],
    ['nothing to grade', [], /--submissions or --clone/],
    ['a day that is none', ['--submissions', '.', '--deadline', '2026-06-31T12:00Z'], /a time with its zone/],
    ['a deadline without a zone', ['--submissions', '.', '--deadline', '2026-06-30T12:00'], /with its zone/],
  ])('refuses %s, and leaves no folder behind', async (_, args, message) => {
    await cli.write('class.csv', 'identifier,name\nl@x.org,"Leia\nh@x.org,Han');
    const { code, stdout, stderr } = await batch(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(await cli.names()).toEqual(['class.csv']);
  });
});
