import { cp, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../base/project.ts';
import { useCliFolder } from '../testing/cli.ts';

const folder = useCliFolder();
const LOCAL = ['--engine', 'local'];
const ID = 'sessions/cantina';
const SCRIPT = `challenges/${ID}/solution.valkey`;
const WRONG = 'HSET session:han_solo username hsolo\n';

/** Puts a right solution into the challenge's own folder. */
async function solve(): Promise<void> {
  await folder.write(
    SCRIPT,
    await readFile(join(PROJECT_ROOT, 'fixtures', ID, 'pass/workshop.valkey'), 'utf8'),
  );
}

/** The row of the challenge in `list`. */
async function row(): Promise<string | undefined> {
  const { stdout } = await folder.run(['list']);
  return stdout.split('\n').find((line) => line.includes(` ${ID} `));
}

describe('a learner’s progress', () => {
  it('is told by list: begun, graded, solved, changed since; and what to go on with', async () => {
    await cp(join(PROJECT_ROOT, 'challenges'), join(folder.path, 'challenges'), { recursive: true });
    const fresh = await folder.run(['list']);
    expect(fresh.stdout).toContain('✓ 0 solved, ~ 0 begun, 31 not started; 0 points so far');
    expect(fresh.stdout).toMatch(
      /Begin with: caching\/fleet-cache {2}.*start it {3}npx keyspace-grader watch caching/s,
    );
    await folder.write(SCRIPT, WRONG);
    expect(await row()).toMatch(/^ {2}~ ● sessions\/cantina +20 points /);
    await folder.run(['grade', ID, ...LOCAL]);
    expect(await row()).toMatch(/^ {2}~ ● sessions\/cantina +\d+ of 20 /);
    await solve();
    expect(await row()).toMatch(/^ {2}~ ● .* changed since it was graded$/);
    await folder.run(['grade', ID, ...LOCAL]);
    expect(await row()).toMatch(/^ {2}✓ ● sessions\/cantina +20 of 20 /);
    const { stdout } = await folder.run(['list'], { cwd: `challenges/${ID}` });
    expect(stdout).toContain('✓ 1 solved, ~ 0 begun, 30 not started; 20 points so far');
    expect(stdout).toMatch(/Next: sessions\/analytics {2}Session analytics\n/);
    const { stdout: json } = await folder.run(['list', '--json']);
    expect(JSON.parse(json).find(({ id }: { id: string }) => id === ID).progress).toEqual({
      ...{ state: 'solved', score: 20, changed: false },
    });
    await folder.write(SCRIPT, WRONG);
    expect(await row()).toMatch(/^ {2}~ ● .* changed since it was solved$/);
  });

  it('is that with the challenges of the repository, if it has some of them alone', async () => {
    const mission = (name: string) =>
      cp(join(PROJECT_ROOT, 'challenges', name), join(folder.path, 'challenges', name), { recursive: true });
    await Promise.all([mission('sessions'), mission('queues')]);
    const fresh = await folder.run(['list']);
    expect(fresh.stdout).toContain('7 challenges, 90 points');
    expect(fresh.stdout).toContain('✓ 0 solved, ~ 0 begun, 7 not started; 0 points so far');
    expect(fresh.stdout).toContain('Begin with: sessions/cantina ');
    expect(fresh.stdout).not.toContain('caching');
    const { stdout: json } = await folder.run(['list', '--json']);
    expect(JSON.parse(json)).toHaveLength(7);
    const { stdout: hint } = await folder.run(['hint', ...LOCAL]);
    expect(hint).toContain('A hint on sessions/cantina, the first challenge');
  });

  it('is one clear sentence where its file is broken, and no crash', async () => {
    await solve();
    await folder.write(`challenges/${ID}/.keyspace-progress.json`, '{');
    const { code, stdout, stderr } = await folder.run(['list']);
    expect(code).toBe(0);
    expect(stdout).toContain('~ 1 begun');
    expect(stderr).toMatch(
      /^keyspace-grader: challenges\/sessions\/cantina\/\.keyspace-progress\.json cannot be used, .*: grade sessions\/cantina again, and it is written anew\.\n$/,
    );
  });

  it('is seen by no script', async () => {
    await folder.write(`challenges/${ID}/solution.sh`, 'ls -a\n');
    await folder.run(['grade', ID, ...LOCAL]);
    expect(await readFile(join(folder.path, `challenges/${ID}/.keyspace-progress.json`), 'utf8')).toContain(
      ID,
    );
    await folder.run(['grade', ID, '--evidence', 'evidence.json', ...LOCAL]);
    const evidence = await readFile(join(folder.path, 'evidence.json'), 'utf8');
    expect(evidence).toContain('solution.sh');
    expect(evidence).not.toContain('.keyspace-progress.json');
  });
});

describe('grade', () => {
  it('says what comes next after what is solved, and where it wrote files', async () => {
    await solve();
    const args = [
      '--report',
      'html',
      '--report',
      'junit=out.xml',
      '--evidence',
      'seen.json',
      '--json',
      './r.json',
    ];
    const { stdout } = await folder.run(['grade', ID, ...args, ...LOCAL]);
    expect(stdout.slice(stdout.indexOf('passed: 20 of 20 points'))).toBe(`passed: 20 of 20 points

  Report: ./r.json
  Report: ./report.html
  Report: ./out.xml
  Evidence: ./seen.json

  Next: sessions/analytics  Session analytics
    start it   npx keyspace-grader watch sessions/analytics

`);
    const quiet = await folder.run(['grade', ID, '--quiet', '--report', 'tap', ...LOCAL]);
    expect(quiet.stdout).toBe('passed: 20 of 20 points  sessions/cantina\n');
    const json = await folder.run(['grade', ID, '--json', '-', '--report', 'tap', ...LOCAL]);
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'passed' });
  });

  it('says nothing of what comes next where nothing is solved', async () => {
    await folder.write(SCRIPT, WRONG);
    expect((await folder.run(['grade', ID, ...LOCAL])).stdout).not.toContain('Next:');
  });

  it('says it once for several', async () => {
    await solve();
    const { stdout } = await folder.run(['grade', 'sessions', ...LOCAL]);
    expect(stdout.match(/Next:/g)).toHaveLength(1);
    expect(stdout).toContain('Next: sessions/analytics');
  });
});

describe('hint without a challenge', () => {
  it('takes the one whose solution was written last, and says which', async () => {
    await folder.write(SCRIPT, WRONG);
    await folder.write('challenges/queues/mission-queue/solution.valkey', 'PING\n');
    const old = new Date(Date.now() - 60_000);
    await utimes(join(folder.path, SCRIPT), old, old);
    const queue = await folder.run(['hint', ...LOCAL]);
    expect(queue).toMatchObject({ code: 0, stderr: '' });
    expect(queue.stdout).toMatch(
      /A hint on queues\/mission-queue, the challenge whose solution was written last\./,
    );
    expect(queue.stdout).toMatch(/hint 2\//);
    const there = await folder.run(['hint', ...LOCAL], { cwd: `challenges/${ID}` });
    expect(there.stdout).toContain(`A hint on ${ID}, the challenge of this folder.`);
    expect(there.stdout).toMatch(/✗ Name, species/);
  });

  it('begins with the first where only starters are there', async () => {
    await cp(join(PROJECT_ROOT, 'challenges'), join(folder.path, 'challenges'), { recursive: true });
    const { code, stdout } = await folder.run(['hint', ...LOCAL]);
    expect(code).toBe(0);
    expect(stdout).toContain('A hint on caching/fleet-cache, the first challenge: no solution is begun yet.');
  });
});
