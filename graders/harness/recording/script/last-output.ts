import type { Readable } from 'node:stream';
import { patientTimeout } from '../../base/patient-timeout.ts';

/** How long nothing may come before no more is expected, in ms. */
const SILENCE_LIMIT_MS = 2_000;
/** How long output may go on in all, in ms: a process that got away may write for ever. */
const LIMIT_MS = 30_000;

/**
 * Waits for the last output of what has ended: until its streams are closed, or nothing comes any more, since a
 * process that got away may hold them open for ever. How busy the machine is decides over none of it.
 */
export async function lastOutput(closed: Promise<void>, streams: readonly Readable[]): Promise<void> {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const silence = patientTimeout(SILENCE_LIMIT_MS, end);
  const limit = patientTimeout(LIMIT_MS, end);
  const heard = () => silence.restart();
  for (const stream of streams) stream.on('data', heard);
  await Promise.race([closed, over]);
  for (const stream of streams) stream.off('data', heard);
  silence.clear();
  limit.clear();
}
