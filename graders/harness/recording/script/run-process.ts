import { type ChildProcess, spawn } from 'node:child_process';
import { trackCleanup } from '../../base/cleanup.ts';
import { InfrastructureError } from '../../base/errors.ts';
import { killGroup } from '../../base/kill-group.ts';
import { patientTimeout } from '../../base/patient-timeout.ts';
import { endStrayProcesses } from '../../base/stray-processes.ts';
import { which } from '../../base/which.ts';
import type { ProcessEvidence } from '../../evidence/evidence.ts';
import { CapturedOutput } from './captured-output.ts';
import { confinement } from './confinement.ts';
import { readExitStatus } from './exit-status.ts';
import { lastOutput } from './last-output.ts';
import { type LeftOpenWatch, leftOpenFilter } from './left-open/left-open.ts';
import type { ScriptLimits } from './limits.ts';
import type { PrivateTmp } from './private-tmp.ts';
import { watchProcesses } from './process-watch.ts';
import type { AtRest } from './sandbox.ts';

export interface ProcessRequest {
  command: readonly [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  /** The run's temporary folder: every process that belongs to it is ended. */
  folder: string;
  limits: ScriptLimits;
  /** What it sees as `/tmp`, where the system lets us; the shared one where it is left out. */
  tmp?: PrivateTmp;
  /** Ends it early where a client was left open, as `atRest` and what the watch writes tell. */
  leftOpen?: { watch: LeftOpenWatch; atRest: AtRest };
}

/**
 * Runs a learner's process in a process group (and, where the system lets us, a process namespace) of its
 * own, within its limits. When it ends, or a limit is reached, the whole group and what has left it are
 * killed, so that nothing goes on writing. Throws InfrastructureError where the machine lacks the program.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEvidence> {
  const { command, cwd, env, folder, limits, tmp } = request;
  const path = which(command[0], env.PATH);
  if (path === undefined) {
    throw new InfrastructureError(
      `There is no ${command[0]} on this machine, which the script needs: install it.`,
    );
  }
  const { prefix, namespace } = await confinement(limits, tmp);
  const stdout = new CapturedOutput(limits.outputBytes);
  const stderr = new CapturedOutput(limits.outputBytes);
  const [program = '', ...args] = [...prefix, path, ...command.slice(1)];
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exited = new Promise<Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('exit', () => resolve(null));
  });
  const endAll = trackCleanup(async () => {
    killGroup(child);
    await endStrayProcesses([folder]);
  });
  let stopped: ProcessEvidence['ended'] | undefined;
  const stopFor = (reason: ProcessEvidence['ended']) => {
    stopped ??= reason;
    killGroup(child);
  };
  let isLeftOpen = false as boolean;
  const filter =
    request.leftOpen &&
    leftOpenFilter(request.leftOpen.watch, request.leftOpen.atRest, () => {
      isLeftOpen = true;
      stopFor('timed out');
    });
  child.stderr.on('data', (chunk: Buffer) => stderr.add(filter?.pass(chunk) ?? chunk));
  const timeout = patientTimeout(limits.timeMs, () => stopFor('timed out'));
  const endWatch =
    namespace && child.pid !== undefined ? watchProcesses(child.pid, limits, stopFor) : () => undefined;
  const failure = await exited;
  timeout.clear();
  endWatch();
  await endAll();
  await lastOutput(closed, [child.stdout, child.stderr]);
  child.stdout.destroy();
  child.stderr.destroy();
  if (filter) stderr.add(filter.end());
  if (failure) stderr.add(Buffer.from(`${program} could not be started: ${failure.message}\n`));
  return {
    ended: failure ? 'not started' : (stopped ?? 'exited'),
    ...exitOf(child, stopped !== undefined),
    timeLimitMs: limits.timeMs,
    ...(isLeftOpen && { leftOpen: true }),
    stdout: stdout.result(),
    stderr: stderr.result(),
  };
}

function exitOf({ exitCode, signalCode }: ChildProcess, stopped: boolean) {
  if (stopped || exitCode === null || exitCode < 0) return { exitCode: null, signal: signalCode };
  return readExitStatus(exitCode);
}
