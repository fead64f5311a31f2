import { PassThrough } from 'node:stream';
import { cleanUpLater } from '../../cleanup.ts';
import { dockerode } from '../../engine/docker/client.ts';
import type { ProcessEvidence } from '../../evidence/evidence.ts';
import { CapturedOutput } from '../captured-output.ts';
import { readExitStatus } from '../exit-status.ts';
import type { ScriptLimits } from '../limits.ts';
import type { ScriptContainer } from './script-container.ts';

/** How long output may still come once the container has ended, in ms. */
const OUTPUT_GRACE_MS = 500;

/**
 * Runs a script's container to its end, or to its time limit, and removes it. Rejects where Docker fails.
 * With the container every process in it ends, wherever it hid.
 */
export async function runContainer(
  container: ScriptContainer,
  limits: ScriptLimits,
): Promise<ProcessEvidence> {
  try {
    await container.start();
    const docker = await dockerode();
    const handle = docker.getContainer(container.id);
    const stdout = capture(limits.outputBytes);
    const stderr = capture(limits.outputBytes);
    docker.modem.demuxStream(container.attached, stdout.stream, stderr.stream);
    const closed = new Promise<void>((resolve) => container.attached.once('end', () => resolve()));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      // Where Docker does not answer, the wait below says so.
      handle.kill().catch(() => undefined);
    }, limits.timeMs);
    const { StatusCode } = (await handle.wait().finally(() => clearTimeout(timer))) as { StatusCode: number };
    const { State } = await handle.inspect();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, OUTPUT_GRACE_MS))]);
    return {
      ended: timedOut ? 'timed out' : State.OOMKilled ? 'out of memory' : 'exited',
      ...(timedOut ? { exitCode: null, signal: 'SIGKILL' } : readExitStatus(StatusCode)),
      timeLimitMs: limits.timeMs,
      stdout: stdout.output.result(),
      stderr: stderr.output.result(),
    };
  } finally {
    cleanUpLater(container.remove);
  }
}

function capture(limit: number): { output: CapturedOutput; stream: PassThrough } {
  const output = new CapturedOutput(limit);
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => output.add(chunk));
  return { output, stream };
}
