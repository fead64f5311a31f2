import { PassThrough } from 'node:stream';
import { cleanUpLater } from '../../../base/cleanup.ts';
import { patientTimeout } from '../../../base/patient-timeout.ts';
import type { ProcessEvidence } from '../../../evidence/evidence.ts';
import { dockerode } from '../../engine/docker/client.ts';
import { CapturedOutput } from '../captured-output.ts';
import { readExitStatus } from '../exit-status.ts';
import { lastOutput } from '../last-output.ts';
import type { ScriptLimits } from '../limits.ts';
import type { ScriptContainer } from './script-container.ts';

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
    const timeout = patientTimeout(limits.timeMs, () => {
      timedOut = true;
      // Where Docker does not answer, the wait below says so.
      handle.kill().catch(() => undefined);
    });
    const { StatusCode } = (await handle.wait().finally(timeout.clear)) as { StatusCode: number };
    const { State } = await handle.inspect();
    await lastOutput(closed, [stdout.stream, stderr.stream]);
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
