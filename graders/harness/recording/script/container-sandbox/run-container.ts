import { PassThrough } from 'node:stream';
import { cleanUpLater } from '../../../base/cleanup.ts';
import { patientTimeout } from '../../../base/patient-timeout.ts';
import type { ProcessEvidence } from '../../../evidence/evidence.ts';
import { dockerode } from '../../engine/docker/client.ts';
import { CapturedOutput } from '../captured-output.ts';
import { readExitStatus } from '../exit-status.ts';
import { lastOutput } from '../last-output.ts';
import { type LeftOpenWatch, leftOpenFilter } from '../left-open/left-open.ts';
import type { MarkFilter } from '../left-open/mark-filter.ts';
import type { ScriptLimits } from '../limits.ts';
import type { AtRest } from '../sandbox.ts';
import type { ScriptContainer } from './script-container.ts';

/**
 * Runs a script's container to its end, or to its time limit, and removes it. Rejects where Docker fails.
 * With the container every process in it ends, wherever it hid.
 */
export async function runContainer(
  container: ScriptContainer,
  limits: ScriptLimits,
  leftOpen?: { watch: LeftOpenWatch; atRest: AtRest },
): Promise<ProcessEvidence> {
  try {
    await container.start();
    const docker = await dockerode();
    const handle = docker.getContainer(container.id);
    const stdout = capture(limits.outputBytes);
    let timedOut = false;
    let isLeftOpen = false as boolean;
    const stop = () => {
      timedOut = true;
      // Where Docker does not answer, the wait below says so.
      handle.kill().catch(() => undefined);
    };
    const filter =
      leftOpen &&
      leftOpenFilter(leftOpen.watch, leftOpen.atRest, () => {
        isLeftOpen = true;
        stop();
      });
    const stderr = capture(limits.outputBytes, filter);
    docker.modem.demuxStream(container.attached, stdout.stream, stderr.stream);
    const closed = new Promise<void>((resolve) => container.attached.once('end', () => resolve()));
    const timeout = patientTimeout(limits.timeMs, stop);
    const { StatusCode } = (await handle.wait().finally(timeout.clear)) as { StatusCode: number };
    const { State } = await handle.inspect();
    await lastOutput(closed, [stdout.stream, stderr.stream]);
    if (filter) stderr.output.add(filter.end());
    return {
      ended: timedOut ? 'timed out' : State.OOMKilled ? 'out of memory' : 'exited',
      ...(timedOut ? { exitCode: null, signal: 'SIGKILL' } : readExitStatus(StatusCode)),
      timeLimitMs: limits.timeMs,
      ...(isLeftOpen && { leftOpen: true }),
      stdout: stdout.output.result(),
      stderr: stderr.output.result(),
    };
  } finally {
    cleanUpLater(container.remove);
  }
}

function capture(limit: number, filter?: MarkFilter): { output: CapturedOutput; stream: PassThrough } {
  const output = new CapturedOutput(limit);
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => output.add(filter?.pass(chunk) ?? chunk));
  return { output, stream };
}
