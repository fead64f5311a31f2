import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { startDockerProxy } from '../docker-proxy.ts';
import { expectFault, expectNothingLeft, readReport } from '../faults.ts';
import { containersOf, eventually, untilThere } from '../leftovers.ts';

const CHALLENGE = 'sessions/cantina';
const docker = await dockerForTests();
const folder = useCliFolder();

/** Grades through a proxy that is cut once `until` has come about. */
async function gradeUntilCut(args: readonly string[], until: (grader: number) => Promise<unknown>) {
  const proxy = await startDockerProxy(join(folder.path, 'docker.sock'));
  let grader = 0;
  let cut: Promise<void> | undefined;
  const result = await folder.run(['grade', CHALLENGE, '--json', 'report.json', ...args], {
    env: { DOCKER_HOST: proxy.host },
    started(child) {
      grader = child.pid ?? 0;
      cut = until(grader).then(async () => {
        await proxy.cut();
        await folder.write('cut', '');
      });
    },
  });
  await cut;
  return { result, grader };
}

const containers = (grader: number, count: number) =>
  eventually(() => (containersOf(grader).length >= count ? true : undefined));

/** The next grading, with the engine itself, sweeps what could not be removed. */
async function expectSwept(grader: number): Promise<void> {
  expect(containersOf(grader).length).toBeGreaterThan(0);
  await folder.write('solution.sh', 'true\n');
  const { code, stderr } = await folder.run(['grade', CHALLENGE, '--engine', 'docker', '--quiet']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  await expectNothingLeft(folder.temporary, grader);
}

describe.skipIf(!docker || process.platform !== 'linux')('Docker stops in the middle of a grading', () => {
  it('while a script runs in its container', async () => {
    await folder.write('solution.sh', 'sleep 1000\n');
    const { result, grader } = await gradeUntilCut(['--sandbox', 'container', '--timeout', '600'], (pid) =>
      containers(pid, 2),
    );
    await expectFault(result, folder, /The script's container could not be run: /);
    expect(result.stderr).toMatch(/^keyspace-grader: clean-up: /m);
    await expectSwept(grader);
  });

  it('while the server’s container starts', async () => {
    await folder.write('solution.sh', 'sleep 1000\n');
    const { result, grader } = await gradeUntilCut(['--engine', 'docker', '--timeout', '600'], (pid) =>
      containers(pid, 1),
    );
    await expectFault(result, folder, /could not be started: /);
    await expectSwept(grader);
  });

  it('while a script runs on this machine: the server still answers, so it is graded', async () => {
    const mark = join(folder.path, 'mark');
    await folder.write(
      'solution.sh',
      `: > ${mark}\nuntil [ -e ${join(folder.path, 'cut')} ]; do sleep 0.05; done\nvalkey-cli SET session:han_solo 1\n`,
    );
    const { result, grader } = await gradeUntilCut(['--engine', 'docker'], () => untilThere(mark));
    expect(result.code).toBe(1);
    expect(await readReport(folder)).toMatchObject({ status: 'failed', score: 2 });
    expect(result.stderr).toMatch(/^keyspace-grader: clean-up: /);
    expect(await readdir(folder.temporary)).toEqual([]);
    await expectSwept(grader);
  });
});
