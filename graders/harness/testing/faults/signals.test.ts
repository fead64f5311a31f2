import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../base/project.ts';
import { useCliFolder } from '../cli.ts';
import { dockerForTests } from '../docker.ts';
import { expectNothingLeft } from '../faults.ts';

const CHALLENGE = 'sessions/cantina';
const RIGHT = join(PROJECT_ROOT, 'fixtures', CHALLENGE, 'pass', 'field-by-field.sh');
const docker = await dockerForTests();
const folder = useCliFolder();

/** Goes on for ever, with a child that has left its process group. */
const ENDLESS = 'valkey-cli SET a b\nsetsid sleep 1000 &\nsleep 1000\n';

/** Moments in ms that look random, the same in every run (a linear congruential generator). */
function moments(count: number, from: number, to: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return from + Math.floor((state / 2 ** 31) * (to - from));
  });
}

/** Sends a signal to a grading so many ms after its process was started. */
async function gradeUntil(signal: NodeJS.Signals, moment: number, options: readonly string[]) {
  await folder.write('solution.sh', ENDLESS);
  let grader = 0;
  const result = await folder.run(['grade', CHALLENGE, ...options, '--json', 'report.json'], {
    started(child) {
      grader = child.pid ?? 0;
      void sleep(moment).then(() => child.kill(signal));
    },
  });
  return { result, grader };
}

/** Where, at how many moments, and between which: a container takes longer to come up than a process. */
const PLACES = [
  { place: 'the local engine', options: ['--engine', 'local'], count: 10, to: 600, needsDocker: false },
  { place: 'the docker engine', options: ['--engine', 'docker'], count: 3, to: 1500, needsDocker: true },
  {
    place: 'the container sandbox',
    options: ['--sandbox', 'container'],
    count: 3,
    to: 2000,
    needsDocker: true,
  },
];

describe.each(PLACES)('with $place', ({ options, count, to, needsDocker }) => {
  const skip = process.platform !== 'linux' || (needsDocker && !docker);
  const from = needsDocker ? 400 : 0;

  it.skipIf(skip).each(moments(count, from, to, 1977))(
    'a grading that gets SIGINT after %i ms leaves nothing',
    async (moment) => {
      const { result, grader } = await gradeUntil('SIGINT', moment, options);
      const { code, signal, stdout, stderr } = result;
      // Before it is set up to clean up, it has nothing to clean up.
      expect([130, null]).toContain(code);
      expect({ signal, stdout, stderr }).toEqual({
        signal: code === null ? 'SIGINT' : null,
        stdout: '',
        stderr: '',
      });
      expect(await folder.names()).toEqual(['solution.sh']);
      await expectNothingLeft(folder.temporary, needsDocker ? grader : undefined);
    },
  );

  it.skipIf(skip).each(moments(count, from, to, 1138))(
    'what a grading leaves that is killed after %i ms is swept by the next one, which grades right',
    async (moment) => {
      const { result, grader } = await gradeUntil('SIGKILL', moment, options);
      expect(result).toEqual({ code: null, signal: 'SIGKILL', stdout: '', stderr: '' });
      expect(await folder.names()).toEqual(['solution.sh']);
      const next = await folder.run(['grade', CHALLENGE, RIGHT, ...options, '--json', 'report.json']);
      expect({ code: next.code, stderr: next.stderr }).toEqual({ code: 0, stderr: '' });
      const report: unknown = JSON.parse(await readFile(join(folder.path, 'report.json'), 'utf8'));
      expect(report).toMatchObject({ status: 'passed', score: 20, maxScore: 20 });
      await expectNothingLeft(folder.temporary, needsDocker ? grader : undefined);
    },
  );
});
