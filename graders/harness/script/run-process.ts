import { type ChildProcess, spawn } from 'node:child_process';
import { trackCleanup } from '../cleanup.ts';
import type { ProcessEvidence } from '../evidence/evidence.ts';
import { endStrayProcesses } from '../stray-processes.ts';
import { CapturedOutput } from './captured-output.ts';
import type { ScriptLimits } from './limits.ts';

/** How long the pipes may stay open once every process of the run was ended, in ms. */
const PIPE_GRACE_MS = 500;

export interface ProcessRequest {
  command: readonly [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  /** The run's temporary folder: every process that belongs to it is ended. */
  folder: string;
  limits: ScriptLimits;
}

/**
 * Runs a learner's process in a process group of its own, within its limits. When it ends, or its time is
 * up, the whole group and what has left it are killed, so that nothing goes on writing.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEvidence> {
  const { command, cwd, env, folder, limits } = request;
  const stdout = new CapturedOutput(limits.outputBytes);
  const stderr = new CapturedOutput(limits.outputBytes);
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk: Buffer) => stdout.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.add(chunk));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const exited = new Promise<Error | null>((resolve) => {
    child.once('error', resolve);
    child.once('exit', () => resolve(null));
  });
  const endAll = trackCleanup(async () => {
    killGroup(child);
    await endStrayProcesses([folder]);
  });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, limits.timeMs);
  const failure = await exited;
  clearTimeout(timer);
  await endAll();
  await settle(closed, child);
  if (failure) stderr.add(Buffer.from(`${program} could not be started: ${failure.message}\n`));
  return {
    ended: failure ? 'not started' : timedOut ? 'timed out' : 'exited',
    exitCode: child.exitCode !== null && child.exitCode >= 0 ? child.exitCode : null,
    signal: child.signalCode,
    timeLimitMs: limits.timeMs,
    stdout: stdout.result(),
    stderr: stderr.result(),
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits for the last output; a process that got away may hold a pipe open for ever, so not for long. */
async function settle(closed: Promise<void>, child: ChildProcess): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PIPE_GRACE_MS);
  });
  await Promise.race([closed, grace]);
  clearTimeout(timer);
  child.stdout?.destroy();
  child.stderr?.destroy();
}
