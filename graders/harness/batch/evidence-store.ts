import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InfrastructureError, messageOf, UsageError } from '../base/errors.ts';
import { writeDurably } from '../base/output-file.ts';
import { readNamedFile, UnreadableFileError } from '../base/plain-file.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { readCompressedEvidence } from '../grading/compressed-evidence.ts';
import { layout } from './layout.ts';

/** Keeps compressed evidence; resolves with its name when it is on the disk. Throws InfrastructureError. */
export async function keepEvidence(
  out: string,
  challenge: string,
  submission: string,
  compressed: Uint8Array,
): Promise<string> {
  const name = layout(out).evidence(challenge, submission);
  const path = join(out, name);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeDurably(path, compressed);
    return name;
  } catch (error) {
    throw new InfrastructureError(
      `The evidence ${name} cannot be kept: ${messageOf(error)}\nNothing that was graded before is lost: mend that, and run the same command again.`,
      { cause: error },
    );
  }
}

/** More than any evidence, compressed. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Reads evidence that was kept. Throws InfrastructureError where it is gone, or longer than it may be, UsageError where it is broken. */
export async function loadEvidence(out: string, name: string, longestBytes?: number): Promise<Evidence> {
  try {
    return await readCompressedEvidence(await readNamedFile(join(out, name), MOST_BYTES), name, longestBytes);
  } catch (error) {
    if (error instanceof UsageError && !(error instanceof UnreadableFileError)) throw error;
    const why = error instanceof UnreadableFileError ? error.problem : messageOf(error);
    throw new InfrastructureError(`The evidence ${name} cannot be read: ${why}`, { cause: error });
  }
}
