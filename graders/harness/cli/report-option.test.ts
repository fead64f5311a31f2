import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../testing/cli.ts';
import { CLASSROOM50 } from '../testing/format-cases.ts';

const folder = useCliFolder();
const LOCAL = ['--engine', 'local'];
const RIGHT = 'EVAL "return 1" 0\n';
const read = (name: string) => readFile(join(folder.path, name), 'utf8');

describe('--report', () => {
  it('writes as many reports as are asked for, under their own names or others', async () => {
    await folder.write('solution.valkey', RIGHT);
    const { code } = await folder.run([
      ...['grade', 'sessions/cantina', ...LOCAL, '--json', 'whole.json'],
      ...['--report', 'junit', '--report', 'tap=a=b.tap', '--report', 'html', '--report', 'markdown'],
    ]);
    expect(code).toBe(1);
    expect((await folder.names()).sort()).toEqual(
      ['a=b.tap', 'junit.xml', 'report.html', 'report.md', 'solution.valkey', 'whole.json'].sort(),
    );
    expect(await read('junit.xml')).toContain('<testsuite name="sessions/cantina"');
    expect(await read('a=b.tap')).toMatch(/^TAP version 14\n1\.\.\d+\nnot ok 1 - /);
  });

  it('is written of evidence that is judged again, too', async () => {
    await folder.write('solution.valkey', RIGHT);
    await folder.run([
      'grade',
      'sessions/cantina',
      ...LOCAL,
      '--evidence',
      'e.json',
      '--report',
      'gradescope=1.json',
    ]);
    await folder.run(['judge', 'sessions/cantina', 'e.json', '--report', 'gradescope=2.json']);
    expect(await read('2.json')).toBe(await read('1.json'));
  });

  it('says on stderr where a file is if stdout is the document', async () => {
    await folder.write('solution.valkey', RIGHT);
    const args = ['grade', 'sessions/cantina', ...LOCAL, '--json', '-', '--report', 'html=page.html'];
    const { code, stdout, stderr } = await folder.run(args);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed' });
    expect(stderr).toContain('Report: ./page.html\n');
  });

  it('tells of what could not be graded', async () => {
    await folder.write('solution.valkey', RIGHT);
    const broken = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    const result = await folder.run(
      ['grade', 'sessions/cantina', '--engine', 'docker', '--report', 'junit', '--report', 'tap'],
      { env: broken },
    );
    expect(result.code).toBe(3);
    expect(result.stderr).toContain('Report: ./junit.xml\nReport: ./report.tap\n');
    expect(await read('junit.xml')).toContain('<error type="infrastructure"');
    expect(await read('report.tap')).toContain('Bail out!');
  });

  it.each([
    [['--report', 'junt'], 'There is no report format "junt"; did you mean junit?'],
    [['--report', 'junit', '--report', 'tap=junit.xml'], 'junit.xml is to hold two things. Name two files.'],
    [['--report', 'junit=nowhere/junit.xml'], 'there is no folder nowhere'],
    [['--report', 'junit=solution.valkey'], 'solution.valkey is the script itself.'],
    [['--report', 'classroom50'], 'The report classroom50 needs CLASSROOM, ASSIGNMENT,'],
  ])('refuses %j before anything runs', async (args, message) => {
    await folder.write('solution.valkey', RIGHT);
    const { code, stderr, stdout } = await folder.run(['grade', 'sessions/cantina', ...LOCAL, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(await folder.names()).toEqual(['solution.valkey']);
  });
});

describe('classroom50', () => {
  it('ends with 0 whatever was graded, as its runner wants it', async () => {
    await folder.write('solution.valkey', RIGHT);
    const args = ['grade', 'sessions/cantina', ...LOCAL, '--report', 'classroom50'];
    expect((await folder.run(args, { env: CLASSROOM50 })).code).toBe(0);
    expect(JSON.parse(await read('result.json'))).toMatchObject({ owner: 'hsolo', 'max-score': 20 });
    expect(await read('release-body.md')).toContain('## A session for the cantina');
  });

  it('grades an empty checkout to nothing', async () => {
    const args = ['grade', 'sessions/cantina', ...LOCAL, '--report', 'classroom50'];
    const { code, stderr } = await folder.run(args, { env: CLASSROOM50 });
    expect(code).toBe(0);
    expect(stderr).toContain('There is no script for sessions/cantina');
    expect(JSON.parse(await read('result.json'))).toMatchObject({ score: 0, 'max-score': 20 });
  });

  it('writes nothing and says so where something of ours went wrong', async () => {
    await folder.write('solution.valkey', RIGHT);
    const { code } = await folder.run(
      ['grade', 'sessions/cantina', '--engine', 'docker', '--report', 'classroom50'],
      { env: { ...CLASSROOM50, DOCKER_HOST: 'unix:///nonexistent/docker.sock' } },
    );
    expect(code).toBe(3);
    expect(await folder.names()).toEqual(['solution.valkey']);
  });
});

describe('several challenges', () => {
  it('are graded from one folder, and summed up', async () => {
    await mkdir(join(folder.path, 'sessions'));
    await folder.write('sessions/cantina/solution.valkey', RIGHT);
    await folder.write('sessions/validation/solution.sh', 'exit 3');
    await folder.write('sessions/validation/solution.py', '');
    const { code, stdout } = await folder.run(['grade', 'sessions', ...LOCAL, '--json', 'all.json']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/sessions\/field-operations +not started: 0 of 10 points/);
    expect(stdout).toMatch(/ of 50 points, 0 of 4 challenges passed\n/);
    const reports = JSON.parse(await read('all.json')) as { status: string; fault: string | null }[];
    expect(reports.map(({ status }) => status)).toEqual([
      ...['not started', 'failed', 'not started', 'not started'],
    ]);
    expect(reports[3]?.fault).toContain('There is more than one solution');
  });

  it('are named one by one, too', async () => {
    await folder.write('solution.valkey', RIGHT);
    const { stdout } = await folder.run([
      ...['grade', 'sessions/cantina,queues,sessions/cantina', ...LOCAL, '--quiet'],
    ]);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ +/).at(-1)),
    ).toEqual([
      ...['sessions/cantina', 'queues/mission-queue', 'queues/monitoring', 'queues/priority-reordering'],
    ]);
  });

  it('have no evidence file', async () => {
    const { code, stderr } = await folder.run(['grade', 'sessions', ...LOCAL, '--evidence', 'e.json']);
    expect(code).toBe(2);
    expect(stderr).toContain('--evidence keeps what was seen of one challenge.');
  });

  it('fail the command only where a fault of ours kept one from being graded, if so asked', async () => {
    await folder.write('sessions/cantina/solution.valkey', RIGHT);
    const args = ['grade', 'sessions', '--fail-on', 'error', '--quiet'];
    expect((await folder.run([...args, ...LOCAL])).code).toBe(0);
    const broken = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };
    expect((await folder.run([...args, '--engine', 'docker'], { env: broken })).code).toBe(3);
  });
});
