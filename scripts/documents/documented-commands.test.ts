import { describe, expect, it } from 'vitest';
import { which } from '../../graders/harness/base/which.ts';
import { dockerForTests } from '../../graders/harness/testing/docker.ts';
import { useQueueServer } from '../../graders/harness/testing/queue-server.ts';
import { documentedCommands } from './documents.ts';
import { missingLine } from './expected-output.ts';
import { QUEUE } from './meanings.ts';
import { account, type Plan, type Step } from './plan.ts';
import { PLANS } from './plans.ts';
import { withoutRepetitions } from './repetitions.ts';
import { useSettings } from './setting.ts';
import type { ShellSession } from './shell.ts';
import { faultOf } from './static-check.ts';

/** The container sandbox is what classes are graded in unless another is named. */
const IN_CONTAINERS = /\bkeyspace-grader (?:batch|worker)\b(?!.*--sandbox).*/g;

const docker = await dockerForTests();
const commands = documentedCommands();
const { steps, unaccounted, unusedExceptions, unusedNotes, unusedPlans } = account(
  withoutRepetitions(commands),
  PLANS,
);
const at = ({ document, line, text }: { document: string; line: number; text: string }) =>
  `${document}:${line}: ${text}`;

describe('every documented command', () => {
  it('is found', () => {
    expect(commands.length).toBeGreaterThan(150);
  });

  it('is written as the tool, the scripts and the files are', () => {
    const faults = commands.flatMap((command) => {
      const fault = faultOf(command.text);
      return fault === undefined ? [] : [`${at(command)}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('is run by a plan, or has a reason in not-run.ts', () => {
    expect(unaccounted.map(at)).toEqual([]);
  });

  it('is still there, where something is said of it', () => {
    expect({ unusedExceptions, unusedPlans, unusedNotes }).toEqual({
      unusedExceptions: [],
      unusedPlans: [],
      unusedNotes: [],
    });
  });
});

describe('the commands of', () => {
  const settings = useSettings();
  const queue = useQueueServer();

  it.each([...steps].map(([plan, its]) => [name(plan), plan, its] as const))('%s', { timeout: 300_000 }, run);

  async function run(_: string, plan: Plan, its: readonly Step[]): Promise<void> {
    const { setting, prepare = '' } = plan;
    const session = await settings.open(setting);
    expect(await session.run(ready(prepare, plan)), 'preparation').toMatchObject({ code: 0 });
    for (const step of its) if (docker || !isOnlyForDocker(step)) await runStep(session, plan, step);
  }

  async function runStep(session: ShellSession, plan: Plan, step: Step): Promise<void> {
    const { note: { before = '', code: meant = 0, until } = {}, output: documented } = step;
    const prepared = await session.run(ready(before, plan), { docker: docker && gradesInContainers(before) });
    expect(prepared, `before ${at(step)}`).toMatchObject({ code: 0 });
    const use = { docker: docker && (isOnlyForDocker(step) || gradesInContainers(step.text)), until };
    const { code, output } = await session.run(ready(step.text, plan), use);
    expect.soft(code, `exit code of ${at(step)}\n${output}`).toBe(meant);
    expect
      .soft(missingLine(documented, output), `a line of the output of ${at(step)}\n${output}`)
      .toBeUndefined();
  }

  /** A command as it can be run on this machine. */
  function ready(text: string, { replace = {} }: Plan): string {
    let replaced = text;
    for (const [from, to] of Object.entries(replace)) replaced = replaced.replaceAll(from, to);
    replaced = replaced.replaceAll(QUEUE, queue.url);
    if (!docker) replaced = replaced.replaceAll(IN_CONTAINERS, '$& --engine local --sandbox process');
    return which('jq') ? replaced : replaced.replace(/ \| jq .*/, '');
  }
});

function name({ document, under }: Plan): string {
  return under === undefined ? document : `${document}, ${under}`;
}

function gradesInContainers(text: string): boolean {
  return text.search(IN_CONTAINERS) !== -1;
}

function isOnlyForDocker({ text }: Step): boolean {
  return /^docker |--sandbox container|--engine docker|--image/.test(text);
}
