import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../base/project.ts';
import { ENGINE_CHOICES, SANDBOXES } from '../evidence/environment.ts';
import {
  documentOfResult,
  type ReporterDocument,
} from '../reports/formats/contracts/autograding-reporter.ts';
import { REPORT_FORMATS } from '../reports/formats/index.ts';
import { type ActionCall, type ActionRun, BUNDLE, runActionIn } from '../testing/action.ts';

const FIXTURES = join(PROJECT_ROOT, 'fixtures', 'sessions');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'action-'));
  await mkdir(join(folder, 'repository'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Puts a fixture where a learner's solution of a challenge of the mission sessions stands. */
async function submit(challenge: string, fixture: string): Promise<void> {
  const target = join(folder, 'repository', 'challenges', 'sessions', challenge);
  await mkdir(target, { recursive: true });
  await cp(join(FIXTURES, challenge, fixture), join(target, `solution.${fixture.split('.').at(-1)}`));
}

/** Runs the action in that repository. */
const runAction = (inputs: Record<string, string>, options: Partial<ActionCall> = {}) =>
  runActionIn({
    folder,
    repository: join(folder, 'repository'),
    inputs: { engine: 'local', ...inputs },
    ...options,
  });

function resultOf({ outputs }: ActionRun): ReporterDocument {
  return documentOfResult(outputs.result ?? '');
}

describe('the action', () => {
  it('passes where every check passed', async () => {
    await submit('cantina', 'pass/workshop.valkey');
    const run = await runAction({ challenges: 'sessions/cantina' });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ score: '20', 'max-score': '20', passed: 'true' });
    expect(resultOf(run)).toMatchObject({ status: 'pass', max_score: 20 });
    expect(run.summary).toContain('**passed: 20 of 20 points**');
    const page = await readFile(run.outputs.report ?? '', 'utf8');
    expect(page).toContain('A session for the cantina');
  });

  it('tells what is wrong: outputs, summary, annotations on the script', async () => {
    await submit('cantina', 'fail/ttl-in-milliseconds.valkey');
    const run = await runAction({ challenges: 'sessions/cantina' });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ passed: 'false', 'max-score': '20' });
    const score = Number(run.outputs.score);
    expect(score).toBeLessThan(20);
    const { tests, max_score } = resultOf(run);
    expect(tests.reduce((sum, test) => sum + test.score, 0)).toBe(score);
    const passed = tests.filter(({ status }) => status === 'pass').length;
    expect((passed / tests.length) * max_score).toBe(score);
    expect(run.summary).toMatch(/\| ❌ \| The session expires after an hour \| 0\/3 \|/);
    expect(run.summary).toContain('hint 1/');
    expect(run.log).toMatch(
      /^::error title=The session expires after an hour,file=challenges\/sessions\/cantina\/solution\.valkey,line=\d+::expected/m,
    );
  });

  it('grades a mission, and leaves the failure to the reporter where it is told so', async () => {
    await submit('cantina', 'pass/workshop.valkey');
    await submit('validation', 'pass/workshop.valkey');
    const run = await runAction({ challenges: 'sessions', 'fail-on': 'error', 'max-score': '100' });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ score: '60', 'max-score': '100', passed: 'false' });
    expect(resultOf(run)).toMatchObject({ status: 'fail', max_score: 100 });
    expect(run.summary).toContain('# 30 of 50 points');
    expect(run.summary).toContain('not started: 0 of 10 points');
  });

  it('lets the runner read no command in what a learner prints, and masks the secrets of the step', async () => {
    const target = join(folder, 'repository', 'solution.sh');
    await writeFile(target, "printf '::error::forged\\n##[error]forged\\n'; env\n");
    const run = await runAction(
      { challenges: 'sessions/cantina' },
      { env: { GITHUB_TOKEN: 'ghs_of_the_step', ACTIONS_RUNTIME_TOKEN: 'runtime_token' } },
    );
    const forged = run.log.indexOf('::error::forged');
    const [mark, token] = /^::stop-commands::([0-9a-f]{64})$/m.exec(run.log) ?? [];
    expect(run.log.indexOf(String(mark))).toBeLessThan(forged);
    expect(run.log.indexOf(`::${token}::`)).toBeGreaterThan(forged);
    expect(run.log.match(/ghs_of_the_step/g)).toHaveLength(1);
    expect(run.log).toContain('::add-mask::ghs_of_the_step');
    expect(run.log).toContain('::add-mask::runtime_token');
    // Not even their names.
    expect(run.log).not.toMatch(/^(?:INPUT|GITHUB|ACTIONS)_/m);
  });

  it('sends no points where something of ours went wrong', async () => {
    await submit('cantina', 'pass/workshop.valkey');
    const run = await runAction(
      { challenges: 'sessions/cantina', engine: 'docker', 'fail-on': 'error' },
      { env: { DOCKER_HOST: 'unix:///nonexistent/docker.sock' } },
    );
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ score: '', passed: 'false' });
    expect(resultOf(run)).toMatchObject({ status: 'error', max_score: 0 });
    expect(run.log).toMatch(/^::error::sessions\/cantina was not graded, through no fault of the learner: /m);
  });

  it.each([
    [{ challenges: '' }, 'The input challenges is empty.'],
    [{ challenges: 'sesions' }, 'There is no mission or challenge named "sesions"; did you mean sessions?'],
    [{ challenges: 'sessions/nothing' }, 'There is no challenge named "sessions/nothing".'],
    [
      { challenges: 'all', engine: 'nowhere' },
      `The input engine is "nowhere". It must be one of: ${ENGINE_CHOICES.join(', ')}.`,
    ],
    [
      { challenges: 'all', timeout: 'soon' },
      'The input timeout is "soon". It must be a number, more than 0.',
    ],
    [{ challenges: 'all', report: 'pdf' }, 'There is no report format "pdf"'],
  ])('refuses %j', async (inputs, message) => {
    const run = await runAction(inputs as Record<string, string>);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(`::error::keyspace-grader: ${message}`);
    expect(run.outputs).toEqual({});
  });

  it('needs nothing beside its bundle and the graders for command files', async () => {
    const root = join(folder, 'action');
    for (const path of ['package.json', join('graders', 'sessions'), BUNDLE])
      await cp(join(PROJECT_ROOT, path), join(root, path), { recursive: true });
    await submit('cantina', 'pass/workshop.valkey');
    const run = await runAction({ challenges: 'sessions/cantina' }, { root });
    expect(run).toMatchObject({ exitCode: 0, outputs: { score: '20' } });
  });
});

describe('action.yml', () => {
  it('names every engine, sandbox and format of reports', async () => {
    const text = await readFile(join(PROJECT_ROOT, '.github', 'actions', 'grade', 'action.yml'), 'utf8');
    const { inputs } = parse(text) as { inputs: Record<string, { description: string }> };
    const wordsOf = (input: string) => inputs[input]?.description.split(/[^\w-]+/);
    expect(wordsOf('engine')).toEqual(expect.arrayContaining([...ENGINE_CHOICES]));
    expect(wordsOf('sandbox')).toEqual(expect.arrayContaining([...SANDBOXES]));
    expect(wordsOf('report')).toEqual(expect.arrayContaining(Object.keys(REPORT_FORMATS)));
  });
});
