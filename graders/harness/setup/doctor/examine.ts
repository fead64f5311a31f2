import { ENGINES, type EngineKind } from '../../evidence/environment.ts';
import type { TestbedChoice } from '../../grading/testbed.ts';
import { examineTemporary } from './disk.ts';
import { examineDocker } from './docker.ts';
import type { Finding } from './finding.ts';
import { examineLanguages } from './languages.ts';
import { examineClient, examineLocalServer } from './local.ts';
import { examineLoopback } from './loopback.ts';
import { examineNode } from './node.ts';
import { examineProxies } from './proxies.ts';
import { examineSandbox } from './sandbox.ts';

/** `broken` keeps every submission from being graded; `limited` does not. */
type ExaminedStatus = 'fine' | 'limited' | 'broken';

export interface Examined extends Omit<Finding, 'state'> {
  status: ExaminedStatus;
}

export interface Examination {
  /** True where submissions can be graded as they were asked to be. */
  possible: boolean;
  /** The engines that can be used, the one that is taken first of all. */
  engines: EngineKind[];
  findings: Examined[];
}

const MUST = new Set(['node', 'temporary', 'loopback']);

/** Looks at all that grading uses on this machine. Changes nothing, and neither pulls nor fetches anything. */
export async function examineMachine(choice: TestbedChoice): Promise<Examination> {
  const [temporary, loopback] = await Promise.all([examineTemporary(), examineLoopback()]);
  const machine = [temporary, loopback, examineProxies()];
  // Nothing can be started then, and would only say so again.
  if (temporary.state === 'wrong') return conclude([examineNode(), ...machine], choice);
  const [docker, local, languages, sandbox] = await Promise.all([
    examineDocker(choice),
    examineLocalServer(),
    examineLanguages(),
    examineSandbox(),
  ]);
  return conclude(
    [examineNode(), ...docker, local, examineClient(), ...languages, sandbox, ...machine],
    choice,
  );
}

/** What the findings come to for those who want to grade in this way. */
export function conclude(
  all: readonly Finding[],
  { engine, sandbox }: Pick<TestbedChoice, 'engine' | 'sandbox'>,
): Examination {
  const contained = sandbox === 'container';
  const parts: Record<EngineKind, string[]> = {
    docker: ['docker', 'server-image', ...(contained ? ['runtime-image'] : [])],
    local: ['valkey-server'],
  };
  const allowed: EngineKind[] = contained ? ['docker'] : engine === 'auto' ? [...ENGINES] : [engine];
  const isUsable = (id: string) => all.some((finding) => finding.id === id && finding.state !== 'wrong');
  const engines = allowed.filter((kind) => parts[kind].every(isUsable));
  const needed = new Set([...MUST, ...(engines.length > 0 ? [] : allowed.flatMap((kind) => parts[kind]))]);
  const findings = all.map(({ state, ...finding }): Examined => {
    const wrong = needed.has(finding.id) ? 'broken' : 'limited';
    return { ...finding, status: state === 'wrong' ? wrong : state };
  });
  return {
    possible: engines.length > 0 && findings.every(({ status }) => status !== 'broken'),
    engines,
    findings,
  };
}
