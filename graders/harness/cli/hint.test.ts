import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';
import { hasTerminals, TestTerminal } from '../testing/terminal.ts';

const folder = useCliFolder();
const LOCAL = ['--engine', 'local'];
const ID = 'sessions/cantina';

/** The labels of the hints that were shown. */
function labels(stdout: string): string[] {
  return [...stdout.matchAll(/^ +(hint \d\/\d) /gm)].map(([, label = '']) => label);
}

describe('hint', () => {
  it('gives one more of the named check each time, and grades nothing for it', async () => {
    const first = await folder.run(['hint', ID, 'ttl']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(labels(first.stdout)).toEqual(['hint 1/3', 'hint 2/3']);
    expect(first.stdout).toContain('1 more hint: npx keyspace-grader hint sessions/cantina ttl\n');
    for (let time = 0; time < 2; time += 1) {
      const { stdout } = await folder.run(['hint', ID, 'ttl']);
      expect(labels(stdout)).toEqual(['hint 1/3', 'hint 2/3', 'hint 3/3']);
      expect(stdout).toContain('That was the last hint of this check.');
    }
    expect(labels((await folder.run(['hint', ID, 'hash'])).stdout)).toHaveLength(2);
  });

  it('names the path in the command for the next one, if one was given', async () => {
    await folder.write('elsewhere/mine.valkey', 'HSET session:han_solo username hsolo\n');
    const { stdout } = await folder.run(['hint', ID, 'ttl', '--path', 'elsewhere/mine.valkey']);
    const [, command = ''] = /1 more hint:\s+npx keyspace-grader (.*)\n/.exec(stdout) ?? [];
    expect(command).toBe('hint sessions/cantina ttl --path elsewhere/mine.valkey');
    const next = await folder.run(command.split(' '));
    expect(labels(next.stdout)).toEqual(['hint 1/3', 'hint 2/3', 'hint 3/3']);
  });

  it('grades, and takes the first check that fails, where none is named', async () => {
    await folder.write(`challenges/${ID}/solution.valkey`, 'HSET session:han_solo username hsolo\n');
    const { code, stdout, stderr } = await folder.run(['hint', ID, ...LOCAL]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/✗ Name, species, table and drinks are Han's +0\/2\n {6}expected /);
    expect(labels(stdout)).toEqual(['hint 1/3', 'hint 2/3']);
    const kept = await readFile(join(folder.path, `challenges/${ID}/hints.json`), 'utf8');
    expect(JSON.parse(kept)).toEqual({ version: 1, challenges: { [ID]: { details: 1 } } });
  });

  it('goes on to the next check that fails when one has no more', async () => {
    await folder.write(`challenges/${ID}/solution.valkey`, 'HSET session:han_solo username hsolo\n');
    const titles: (string | undefined)[] = [];
    for (let time = 0; time < 3; time += 1) {
      const { stdout } = await folder.run(['hint', ID, ...LOCAL]);
      titles.push(/✗ (.*?) +0\/\d/.exec(stdout)?.[1]);
    }
    const details = "Name, species, table and drinks are Han's";
    expect(titles).toEqual([details, details, 'Han began with 10000 credits, last active at 13:30']);
  });

  it('lets later reports name the command that solves the check', async () => {
    await folder.write(`challenges/${ID}/solution.valkey`, 'HSET session:han_solo username hsolo\n');
    const expected = async () => {
      const { stdout } = await folder.run(['grade', ID, ...LOCAL]);
      return /The whole session was read at once +0\/1\n +expected +(.*)/.exec(stdout)?.[1];
    };
    expect(await expected()).toMatch(/^a command that reads session:han_solo, once it held/);
    await folder.run(['hint', ID, 'hgetall']);
    expect(await expected()).toMatch(/^HGETALL session:han_solo, once session:han_solo/);
  });

  it('begins with the first check where there is no script yet', async () => {
    const { code, stdout } = await folder.run(['hint', ID, ...LOCAL]);
    expect(code).toBe(0);
    expect(stdout).toContain('The session is kept under session:han_solo\n');
  });

  it('begins again where its file is broken, with a word', async () => {
    await folder.write('hints.json', '{');
    const { code, stdout, stderr } = await folder.run(['hint', ID, 'ttl']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^keyspace-grader: hints\.json cannot be used, .*: hints begin again\.\n$/);
    expect(labels(stdout)).toHaveLength(2);
  });

  it('tells which checks there are where it does not know one', async () => {
    const { code, stdout, stderr } = await folder.run(['hint', ID, 'tll']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('sessions/cantina has no check named "tll"; did you mean ttl?');
    expect(stderr).toContain('  ttl             The session expires after an hour');
  });
});

describe('a collection that says what hints cost', () => {
  const OWN = ['--challenges', 'class'];
  const own = async (config: string) => {
    await folder.write('class/keyspace.config.yaml', config);
    await folder.run(['new', 'music/jukebox'], { cwd: 'class' });
  };

  it('off: none is given, and no report has one', async () => {
    await own('hints: off\n');
    await folder.write('solution.valkey', 'PING\n');
    const hint = await folder.run(['hint', 'music/jukebox', ...OWN, ...LOCAL]);
    expect(hint).toMatchObject({ code: 2, stdout: '' });
    expect(hint.stderr).toContain('There are no hints for music/jukebox: they are turned off.');
    const { stdout } = await folder.run(['grade', 'music/jukebox', ...OWN, ...LOCAL]);
    expect(stdout).toContain('✗ ');
    expect(stdout).not.toContain('hint');
  });

  it('a cost: taken only by who says so, and graded wherever the file comes along', async () => {
    await own('hints:\n  cost: 0.5\n');
    await folder.write('solution.valkey', 'INCR music:visitors\n');
    const grade = ['grade', 'music/jukebox', '--json', '-', ...OWN, ...LOCAL];
    const read = async () => JSON.parse((await folder.run(grade)).stdout);
    const before = await read();
    expect(before).toMatchObject({ status: 'passed', score: 7, maxScore: 7 });
    const { id, title } = before.checks[0];

    const asked = await folder.run(['hint', 'music/jukebox', id, ...OWN]);
    expect(labels(asked.stdout)).toEqual([expect.stringMatching(/^hint 1\//)]);
    expect(asked.stdout).toMatch(/more hints? for 0\.5 points each, noted in hints\.json:\s.* --yes/s);
    expect((await read()).score).toBe(7);

    await folder.run(['hint', 'music/jukebox', id, '--yes', ...OWN]);
    const after = await read();
    expect(after).toMatchObject({ status: 'passed', score: 6.5, maxScore: 7 });
    expect(after.notes).toEqual([`1 further hint taken for “${title}”: 0.5 points less when it passes.`]);
    await folder.run([...grade, '--evidence', 'evidence.json', '--report', 'classroom=classroom.json']);
    const again = await folder.run(['judge', 'music/jukebox', 'evidence.json', '--quiet', ...OWN]);
    expect(again.stdout).toContain('6.5 of 7 points');
    const classroom = JSON.parse(await readFile(join(folder.path, 'classroom.json'), 'utf8'));
    const scores = classroom.tests.map(({ score }: { score: number }) => score);
    expect(scores.reduce((sum: number, score: number) => sum + score)).toBe(6.5);
    expect((scores.filter(Boolean).length / scores.length) * classroom.max_score).toBe(6.5);
  });

  it.skipIf(!hasTerminals).each([
    ['y\r', 2],
    ['\r', 1],
    ['\x04', 1],
  ])('asks before it costs, on a terminal (which takes python3): %j', async (keys, shown) => {
    await own('hints:\n  cost: 1\n');
    const terminal = new TestTerminal(['hint', 'music/jukebox', 'counted', ...OWN], { cwd: folder.path });
    await terminal.sees(/The next hint costs 1 point of this check\. Show it\? \[y\/N\] $/);
    terminal.send(keys);
    expect(labels((await terminal.sees(/jukebox counted|last hint/)).replaceAll('\r', ''))).toHaveLength(
      shown,
    );
    expect(await terminal.end).toEqual({ code: 0, restored: true });
  });
});
