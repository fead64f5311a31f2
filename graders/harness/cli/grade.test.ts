import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { SHIPPED } from '../challenges/collection/collection.ts';
import type { Report } from '../judging/report/report.ts';
import { reportSchema } from '../judging/report/schema.ts';
import { useCliFolder } from '../testing/cli.ts';
import { dockerForTests } from '../testing/docker.ts';

const CHALLENGE = 'sessions/cantina';
const docker = await dockerForTests();
const folder = useCliFolder();
const right = await readFile(join(SHIPPED.fixtures, CHALLENGE, 'pass', 'workshop.valkey'), 'utf8');
const wrong = 'HSET session:han_solo username hsolo\n';
const validate = new Ajv.default({ allowUnionTypes: true }).compile(reportSchema());

/** Grades with the local engine. */
const grade = (...args: string[]) => folder.run(['grade', CHALLENGE, '--engine', 'local', ...args]);
const readReport = async (name: string) =>
  JSON.parse(await readFile(join(folder.path, name), 'utf8')) as Report;

function expectReport(report: unknown): asserts report is Report {
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
}

describe('grade', () => {
  it('takes a script, prints the report and ends with 0 where all is right', async () => {
    await folder.write('session.valkey', right);
    const { code, stdout, stderr } = await grade('session.valkey');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/A session for the cantina {2}sessions\/cantina\n/);
    expect(stdout).toContain('session.valkey · command file');
    expect(stdout).toMatch(/passed: 20 of 20 points\n\n {2}Next: sessions\/analytics {2}.*\n.*\n\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('ends with 1 where not all is right', async () => {
    await folder.write('session.valkey', wrong);
    const { code, stdout, stderr } = await grade('session.valkey');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/ of 20 points, \d+ checks of \d+ to go\n\n$/);
  });

  it.each([
    ['the current folder', 'solution.valkey', []],
    ['a folder', 'mine/solution.valkey', ['mine']],
    ['a folder of several challenges', `mine/${CHALLENGE}/solution.valkey`, ['mine']],
    ['a folder like the repository’s', `mine/challenges/${CHALLENGE}/solution.valkey`, ['mine']],
  ])('finds the script in %s', async (_, file, path) => {
    await folder.write(file, right);
    expect(await grade('--quiet', ...path)).toMatchObject({
      code: 0,
      stdout: `passed: 20 of 20 points  ${CHALLENGE}\n`,
    });
  });

  it('--quiet prints one line', async () => {
    await folder.write('solution.valkey', wrong);
    const { code, stdout } = await grade('-q');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\d+ of 20 points, \d+ checks of \d+ to go {2}sessions\/cantina\n$/);
  });

  it('--json - prints the report as JSON and nothing else', async () => {
    await folder.write('solution.valkey', wrong);
    const { code, stdout, stderr } = await grade('--json', '-');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const report: unknown = JSON.parse(stdout);
    expectReport(report);
    expect(report).toMatchObject({
      status: 'failed',
      submission: { script: 'solution.valkey', language: 'command-file' },
    });
    expect(stdout).not.toContain(folder.path);
    expect(stdout).not.toContain(folder.temporary);
  });

  it('--json writes the report to a file, beside the one that is printed', async () => {
    await folder.write('solution.valkey', right);
    await folder.write('report.json', 'an older one');
    const { code, stdout } = await grade('--json', 'report.json');
    expect(code).toBe(0);
    expect(stdout).toContain('passed: 20 of 20 points');
    const report = await readReport('report.json');
    expectReport(report);
    expect(report).toMatchObject({ status: 'passed', score: 20, maxScore: 20, fault: null });
  });

  it('gives the same report again, times aside', async () => {
    await folder.write(
      'solution.sh',
      'valkey-cli HSET session:han_solo username hsolo\nvalkey-cli CONFIG SET maxmemory 1\nexit 3\n',
    );
    await grade('--json', 'a.json');
    await grade('--json', 'b.json');
    const [first, second] = [await readReport('a.json'), await readReport('b.json')];
    expect({ ...first, elapsedMs: null }).toEqual({ ...second, elapsedMs: null });
  });

  it('leaves nothing behind but what was asked for', async () => {
    await folder.write('solution.sh', 'valkey-cli SET a b >/dev/null\nsleep 60 &\n');
    await grade('--json', 'report.json', '--evidence', 'evidence.json');
    expect(await folder.names()).toEqual(['evidence.json', 'report.json', 'solution.sh']);
    expect(await readdir(folder.temporary)).toEqual([]);
  });

  it.skipIf(!docker)('uses the docker engine where it is asked to', async () => {
    await folder.write('solution.valkey', right);
    const { code, stdout } = await folder.run(['grade', CHALLENGE, '--engine', 'docker', '--json', '-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      environment: { engine: 'docker', sandbox: 'process', image: 'valkey/valkey:8.1' },
    });
  });

  it('uses the local engine by itself where no Docker engine answers', async () => {
    await folder.write('solution.valkey', right);
    const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const { code, stdout } = await folder.run(['grade', CHALLENGE, '--json', '-'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ environment: { engine: 'local', image: null } });
  });

  it('stops a script at its time limit', async () => {
    await folder.write('solution.sh', 'sleep 60\n');
    const { code, stdout } = await grade('--timeout', '0.3');
    expect(code).toBe(1);
    expect(stdout).toMatch(/still running after 0\.3 s/);
  });
});

describe('grade without a script', () => {
  it('is not started: told on stderr and in the document, with exit code 2', async () => {
    const { code, stdout, stderr } = await grade('--json', 'report.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^keyspace-grader: There is no script for sessions\/cantina in this folder\.\nExpected a file solution\.\*/m,
    );
    const report = await readReport('report.json');
    expectReport(report);
    expect(report).toMatchObject({
      status: 'not started',
      score: 0,
      maxScore: 20,
      checks: [],
      submission: null,
    });

    await mkdir(join(folder.path, 'empty'));
    const { code: again, stdout: json } = await grade('empty', '--json', '-');
    expect(again).toBe(2);
    expect(JSON.parse(json)).toMatchObject({ status: 'not started' });
  });

  it.each([
    [
      'several solutions',
      { 'solution.sh': '', 'solution.py': '' },
      [],
      /more than one solution: solution\.py, solution\.sh/,
    ],
    [
      'an unknown extension',
      { 'work.pl6': '' },
      ['work.pl6'],
      /work\.pl6 is not a script that can be run: .*\.valkey .*\.py/,
    ],
    ['a path that leads nowhere', {}, ['nowhere.sh'], /There is no file or folder nowhere\.sh/],
  ])('refuses %s, with exit code 2 and no document', async (_, files, args, message) => {
    for (const [name, text] of Object.entries(files)) await folder.write(name, text);
    const { code, stdout, stderr } = await grade(...args, '--json', 'report.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(join(folder.path, 'report.json'))).toBe(false);
  });

  it.each([
    ['sessions/cantine', 'There is no challenge named "sessions/cantine"; did you mean sessions/cantina?'],
    ['../../etc/passwd', 'There is no challenge named "../../etc/passwd".'],
    ['sesions', 'There is no mission or challenge named "sesions"; did you mean sessions?'],
    ['', 'There is no mission or challenge named "".'],
  ])('names the challenges where there is none called "%s"', async (challenge, message) => {
    const { code, stderr } = await folder.run(['grade', challenge]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('The challenges are:\n');
    expect(stderr).toContain('\n  sessions/analytics\n  sessions/cantina\n');
  });

  it('follows a link to a script', async () => {
    await folder.write('work.valkey', right);
    await symlink('work.valkey', join(folder.path, 'solution.valkey'));
    expect((await grade()).code).toBe(0);
  });
});
