import { UsageError } from '../base/errors.ts';
import { which } from '../base/which.ts';
import type { Engine, EngineKind, Notify } from '../recording/engine/engine.ts';
import { fetchedValkey } from '../recording/engine/local/fetch.ts';
import { selectEngine } from '../recording/engine/select.ts';
import { ProcessSandbox } from '../recording/script/process-sandbox.ts';
import type { Sandbox, SandboxKind } from '../recording/script/sandbox.ts';

/** Where submissions are to be graded. */
export interface TestbedChoice {
  engine: EngineKind | 'auto';
  image: string;
  sandbox: SandboxKind;
  runtimeImage: string;
}

/** What a submission needs to be run: servers, and a place for its script. */
export interface Testbed {
  engine: Engine;
  sandbox: Sandbox;
}

/**
 * Makes ready what was asked for. What cannot be had is an InfrastructureError that says how to get it, and
 * never quietly something weaker. Throws UsageError for a choice that contradicts itself.
 */
export async function prepareTestbed(choice: TestbedChoice, notify: Notify): Promise<Testbed> {
  const { sandbox, runtimeImage } = choice;
  if (sandbox === 'process') {
    const engine = await selectEngine(choice, 'published', notify);
    return { engine, sandbox: new ProcessSandbox(installedClient()) };
  }
  if (choice.engine === 'local') {
    throw new UsageError('The container sandbox needs the docker engine: leave --engine local out.');
  }
  const { ContainerSandbox } = await import('../recording/script/container-sandbox/sandbox.ts');
  const engine = await selectEngine({ ...choice, engine: 'docker' }, 'none', notify);
  return { engine, sandbox: await ContainerSandbox.prepare(runtimeImage) };
}

/** The testbed that was asked for, made ready when it is first needed, and once. */
export function testbedWhenNeeded(choice: TestbedChoice, notify: Notify): () => Promise<Testbed> {
  let bed: Promise<Testbed> | undefined;
  return () => {
    bed ??= prepareTestbed(choice, notify);
    return bed;
  };
}

/** A valkey-cli of this machine; redis-cli speaks the same protocol. Undefined for none. */
export function installedClient(): string | undefined {
  return which('valkey-cli') ?? fetchedValkey()?.cli ?? which('redis-cli');
}
