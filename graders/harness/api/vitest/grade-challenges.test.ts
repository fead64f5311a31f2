import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeFolder } from '../../base/scratch-folder.ts';
import { useInstalledPackage } from '../../testing/installed-package.ts';
import { type LearnerProject, makeLearnerProject } from '../../testing/learner-project.ts';
import { eventually } from '../../testing/leftovers.ts';

const installed = useInstalledPackage();
let learner: LearnerProject;
/** A folder that scripts write into: their own `/tmp` is gone when they have ended. */
let outside: string;
beforeEach(async () => {
  learner = await makeLearnerProject(installed);
  outside = await mkdtemp('/var/tmp/vitest-');
});
afterEach(async () => {
  await learner.remove();
  await removeFolder(outside);
});

/** What vitest's JSON reporter writes, as far as it matters here. */
interface Results {
  success: boolean;
  testResults: {
    name: string;
    message: string;
    assertionResults: {
      ancestorTitles: string[];
      title: string;
      status: string;
      failureMessages: string[];
    }[];
  }[];
}

const call = (args: string) =>
  `import { gradeChallenges } from 'keyspace-grader/vitest';\nawait gradeChallenges(${args});\n`;

/** Runs vitest, and gives back what it found in each test file. */
async function runTests(args: readonly string[] = [], env?: Record<string, string>) {
  const reporters = ['--reporter=default', '--reporter=json', '--outputFile=results.json'];
  const { exitCode, output } = await learner.vitest(['run', ...reporters, ...args], env);
  const { testResults } = JSON.parse(await readFile(join(learner.root, 'results.json'), 'utf8')) as Results;
  const file = (name: string) => testResults.find((result) => result.name.endsWith(`/${name}.test.ts`));
  return { exitCode, output, file };
}

describe('gradeChallenges', () => {
  it('makes a describe of each challenge and a test of each check, and tells a fault apart', async () => {
    await learner.solve('sessions/cantina', 'fail/ttl-of-six-minutes.valkey');
    await learner.solve('queues/mission-queue', 'fail/key-misspelled.valkey');
    await learner.write('challenges/sessions/validation/solution.valkey', '# nothing yet\n');
    await learner.write('all.test.ts', call(`undefined, { engine: 'local' }`));
    await learner.write('docker.test.ts', call(`'sessions/cantina', { engine: 'docker' }`));
    await learner.write('unknown.test.ts', call(`'sesions'`));
    const { exitCode, output, file } = await runTests([], { DOCKER_HOST: 'unix:///nonexistent' });
    expect(exitCode).toBe(1);

    const tests = file('all')?.assertionResults ?? [];
    expect([...new Set(tests.flatMap(({ ancestorTitles }) => ancestorTitles))].sort()).toEqual([
      'queues/mission-queue: The mission queue',
      'sessions/cantina: A session for the cantina',
      'sessions/validation: Session validation',
    ]);
    const test = (title: string) => tests.find((one) => one.title === title);
    expect(test('The session is a hash (1 point)')?.status).toBe('passed');
    expect(test('The two right standard missions wait, in the right order (3 points)')?.status).toBe(
      'skipped',
    );
    expect(output).toContain('needs “The standard missions are a list under missions:standard” first');
    const todo = tests.filter(({ status }) => status === 'todo');
    expect(new Set(todo.flatMap(({ ancestorTitles }) => ancestorTitles))).toEqual(
      new Set(['sessions/validation: Session validation']),
    );
    expect(todo.map(({ title }) => title)).toEqual(['not started (9 checks, 10 points)']);

    const ttl = test('The session expires after an hour (3 points)');
    expect(ttl?.status).toBe('failed');
    expect(ttl?.failureMessages.join('\n').replaceAll(learner.root, '')).toMatchInlineSnapshot(`
      "0 of 3 points: expected: a TTL of about 3600 s (3540 to 3660 s)
      found: a TTL of about 360 s
      line 2: EXPIRE session:han_solo 360
        → TTL none → 6 min (360 s)
      hint 1/3: A tab that nobody touches should vanish by itself. In which unit does your command count, and what may have taken the TTL away again?
          at /challenges/sessions/cantina/solution.valkey:2:1"
    `);
    // No line of a stack trace leads into the grader.
    expect(output).not.toMatch(/❯ .*(?:keyspace-grader|node_modules)/);
    expect(output).toContain('  sessions/cantina      17 of 20 points, 1 check of 16 to go\n');
    expect(output).toContain('  sessions/validation   not started: 0 of 10 points\n');
    expect(output).toContain('  27 of 50 points, 0 of 3 challenges passed\n');

    expect(new Set(file('docker')?.assertionResults.map(({ status }) => status))).toEqual(
      new Set(['skipped']),
    );
    expect(output).toContain('Not graded: No Docker engine answers at unix:///nonexistent');
    expect(output).toContain('That is not your fault, and no points are lost.');
    expect(file('unknown')?.message).toContain(
      'There is no mission or challenge named "sesions"; did you mean sessions?',
    );
  });

  it('has GitHub annotate the lines of the script, named for the challenge', async () => {
    await learner.solve('sessions/cantina', 'fail/ttl-of-six-minutes.valkey');
    await learner.write('all.test.ts', call(`undefined, { engine: 'local' }`));
    await learner.write(
      'vitest.config.ts',
      `import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';\nexport default { plugins: [keyspaceGrader()] };\n`,
    );
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: learner.root, GITHUB_STEP_SUMMARY: '' };
    const { output } = await learner.vitest(['run'], env);
    expect(output.match(/^::error .*/gm)).toEqual([
      expect.stringMatching(
        /^::error file=challenges\/sessions\/cantina\/solution\.valkey,line=2,title=sessions\/cantina%3A The session expires after an hour::expected: /,
      ),
    ]);
  });

  it('grades only what a filter leaves', async () => {
    await learner.solve('sessions/cantina', 'pass/workshop.valkey');
    const marker = join(outside, 'it-ran');
    await learner.write('challenges/sessions/validation/solution.sh', `touch ${marker}\n`);
    await learner.write('all.test.ts', call(`'sessions', { engine: 'local' }`));
    const { exitCode, output, file } = await runTests(['-t', 'sessions/cantina']);
    expect({ exitCode, ran: existsSync(marker) }).toEqual({ exitCode: 0, ran: false });
    const passed = file('all')?.assertionResults.filter(({ status }) => status === 'passed') ?? [];
    expect(passed).toHaveLength(16);
    expect(output).toContain('  20 of 20 points, 1 of 1 challenge passed\n');
    expect(output).toMatch(/challenge passed\n\n {2}Next: sessions\/analytics {2}Session analytics\n/);
    expect(output).not.toContain('not started');
  });

  it('grades what is saved again, and nothing else, where the plugin watches, and tells the total last', async () => {
    await learner.solve('sessions/cantina', 'fail/ttl-of-six-minutes.valkey');
    const marker = join(outside, 'it-ran');
    await learner.write('challenges/sessions/validation/solution.sh', `echo ran >> ${marker}\n`);
    await learner.write('keyspace.test.ts', call(`undefined, { engine: 'local' }`));
    await learner.write(
      'vitest.config.ts',
      `import { keyspaceGrader } from 'keyspace-grader/vitest/plugin';\nexport default { plugins: [keyspaceGrader()] };\n`,
    );
    const vitest = learner.startVitest(['--watch']);
    let output = '';
    vitest.process?.stdout?.on('data', (data) => {
      output += data;
    });
    try {
      await eventually(() => /, 0 of 2 challenges passed[\s\S]*Watching/.test(output) || undefined, 60_000);
      const runsOnce = await readFile(marker, 'utf8');
      expect(output.indexOf('0 of 2 challenges passed')).toBeGreaterThan(output.indexOf('Test Files'));
      await learner.solve('sessions/cantina', 'pass/workshop.valkey');
      await eventually(() => output.includes(', 1 of 2 challenges passed') || undefined, 60_000);
      await eventually(() => output.includes('Next: sessions/analytics') || undefined, 60_000);
      expect(output.match(/Next: /g)).toHaveLength(1);
      expect(output.match(/sessions\/validation +\d/g)).toHaveLength(2);
      expect(await readFile(marker, 'utf8')).toBe(runsOnce);
    } finally {
      vitest.kill();
    }
  });
});
