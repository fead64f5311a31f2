import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SHIPPED } from '../challenges/collection/collection.ts';
import { loadGrader } from '../challenges/grader/load.ts';
import { judge } from '../judging/report/judge.ts';
import { useCliFolder } from '../testing/cli.ts';
import { hash, makeEvidence } from '../testing/evidence.ts';

const CHALLENGE = 'sessions/cantina';
const folder = useCliFolder();
const evidence = {
  ...makeEvidence({ after: { 'session:han_solo': hash({ username: 'hsolo' }) } }),
  challenge: CHALLENGE,
};
let expected: string;
beforeAll(async () => {
  expected = `${JSON.stringify(judge(await loadGrader(CHALLENGE, SHIPPED), evidence), null, 2)}\n`;
});
beforeEach(() => folder.write('evidence.json', JSON.stringify(evidence)));

describe('judge', () => {
  it('gives the report that the grading gave', async () => {
    await folder.write('solution.sh', 'valkey-cli HSET session:han_solo username "hsolo "\nexit 4\n');
    const graded = await folder.run([
      'grade',
      CHALLENGE,
      '--engine',
      'local',
      '--evidence',
      'kept.json',
      '--json',
      '-',
    ]);
    const judged = await folder.run(['judge', CHALLENGE, 'kept.json', '--json', '-']);
    expect(graded.code).toBe(1);
    expect(graded.stderr).toBe('Evidence: ./kept.json\n');
    expect(judged).toEqual({ ...graded, stderr: '' });
    const kept = JSON.parse(await readFile(join(folder.path, 'kept.json'), 'utf8')) as { challenge: string };
    expect(kept.challenge).toBe(CHALLENGE);
  });

  it('needs no server', async () => {
    const env = { PATH: '/nonexistent', DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const { code, stdout, stderr } = await folder.run(['judge', CHALLENGE, 'evidence.json', '--json', '-'], {
      env,
    });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: expected, stderr: '' });
  });

  it('prints the report, writes it to a file, or says no more than the score', async () => {
    const { code, stdout } = await folder.run(['judge', CHALLENGE, 'evidence.json', '--json', 'report.json']);
    expect(code).toBe(1);
    expect(stdout).toContain('A session for the cantina  sessions/cantina\n');
    expect(await readFile(join(folder.path, 'report.json'), 'utf8')).toBe(expected);
    const quiet = await folder.run(['judge', CHALLENGE, 'evidence.json', '--quiet']);
    expect(quiet.stdout).toMatch(/^\d+ of 20 points, \d+ checks of \d+ to go {2}sessions\/cantina\n$/);
  });

  it.each([
    [
      'evidence of another challenge',
      'other.json',
      JSON.stringify({ ...evidence, challenge: 'sessions/analytics' }),
      /other\.json is evidence of the challenge sessions\/analytics, not of sessions\/cantina/,
    ],
    [
      'broken JSON',
      'broken.json',
      '{\n  "version": 1,\n  "challenge":\n',
      /broken\.json:3:\d+: not valid JSON: /,
    ],
    ['an empty file', 'empty.json', '', /empty\.json:1:1: /],
    [
      'another version',
      'version.json',
      '{\n  "version": 7\n}\n',
      /version\.json:2:3: version 7 cannot be read, only version 2 can/,
    ],
    [
      'what does not fit the schema',
      'odd.json',
      JSON.stringify({ ...evidence, runs: [] }, null, 2),
      /odd\.json:\d+:3: runs: must NOT have fewer than 1 items/,
    ],
  ])('refuses %s, with its place and exit code 2', async (_, name, text, message) => {
    await folder.write(name, text);
    const { code, stdout, stderr } = await folder.run(['judge', CHALLENGE, name, '--json', 'report.json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(await folder.names()).not.toContain('report.json');
  });

  it('refuses a file that cannot be read', async () => {
    for (const name of ['nowhere.json', '.']) {
      const { code, stderr } = await folder.run(['judge', CHALLENGE, name]);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^keyspace-grader: \S+ cannot be read: (?:there is no such file|it is a folder)\n$/,
      );
    }
  });

  it('tells an error of a check from a failure, with exit code 3', async () => {
    const drinks = (han: string, chewbacca: string) => ({
      'session:han_solo': hash({ drinks_ordered: han }),
      'session:chewbacca': hash({ drinks_ordered: chewbacca }),
    });
    // As if it were of the time before the challenge had its variant.
    const old = makeEvidence({ before: drinks('2', '7'), after: drinks('3', '10') });
    await folder.write('old.json', JSON.stringify({ ...old, challenge: 'sessions/field-operations' }));
    const { code, stdout, stderr } = await folder.run(['judge', 'sessions/field-operations', 'old.json']);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toMatch(/^ {6}found {5}the evidence holds no run of the variant/m);
    expect(stdout).toContain('not graded: no points are lost');
  });
});
