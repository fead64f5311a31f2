import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { InfrastructureError, messageOf } from '../errors.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { readEvidence } from '../evidence/read.ts';
import { writeDurably } from './durable-file.ts';
import { layout } from './layout.ts';

const compress = promisify(gzip);
const uncompress = promisify(gunzip);

/** Evidence as it is kept. */
export function compressEvidence(evidence: Evidence): Promise<Buffer> {
  return compress(JSON.stringify(evidence));
}

/** Keeps evidence, compressed; resolves with its name when it is on the disk. Throws InfrastructureError. */
export async function keepEvidence(
  out: string,
  challenge: string,
  submission: string,
  evidence: Evidence,
): Promise<string> {
  return keepCompressedEvidence(out, challenge, submission, await compressEvidence(evidence));
}

/** As {@link keepEvidence}, where it was compressed elsewhere. */
export async function keepCompressedEvidence(
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

/** Reads evidence that was kept. Throws InfrastructureError where it is gone, UsageError where it is broken. */
export async function loadEvidence(out: string, name: string): Promise<Evidence> {
  let text: string;
  try {
    text = (await uncompress(await readFile(join(out, name)))).toString();
  } catch (error) {
    throw new InfrastructureError(`The evidence ${name} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return readEvidence(text, name);
}
